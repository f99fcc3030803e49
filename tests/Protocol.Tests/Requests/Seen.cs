using System.Buffers;
using System.Text;
using AgenticOS.Protocol.Requests;

namespace AgenticOS.Protocol.Tests.Requests;

/// <summary>A request, copied out of the buffer it was read from.</summary>
public sealed record Seen(RequestFault Fault, Verb Verb, string Agent, string Body)
{
    public static Seen Command(Verb verb, string agent, string body = "") => new(RequestFault.None, verb, agent, body);

    public static Seen Refused(RequestFault fault, Verb verb = Verb.Unknown) => new(fault, verb, "", "");

    public static Seen Of(Request request) =>
        new(request.Fault, request.Verb, request.Agent, Encoding.Latin1.GetString(request.Body));

    /// <summary>All that a new reader finds in these pieces.</summary>
    public static List<Seen> In(IEnumerable<byte[]> pieces, ProtocolLimits limits) =>
        In(pieces, new RequestReader(limits), new Pieces());

    /// <summary>All that a reader finds in further pieces.</summary>
    public static List<Seen> In(IEnumerable<byte[]> pieces, RequestReader reader, Pieces inbox)
    {
        var seen = new List<Seen>();
        foreach (var piece in pieces)
        {
            var buffer = inbox.Add(piece);
            while (reader.TryRead(ref buffer, out var request))
                seen.Add(Of(request));
            inbox.Keep(buffer);
        }

        return seen;
    }
}
