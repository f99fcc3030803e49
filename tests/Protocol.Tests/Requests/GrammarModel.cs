using System.Numerics;
using System.Text;
using AgenticOS.Kernel.Processes;
using AgenticOS.Protocol.Requests;

namespace AgenticOS.Protocol.Tests.Requests;

/// <summary>The grammar once more, over a whole payload at once and as simply as it can be said: the checker of the
/// fuzz and property tests, which shares nothing with the reader.</summary>
public static class GrammarModel
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly Dictionary<string, Verb> ByName =
        Enum.GetValues<Verb>().Where(v => v != Verb.Unknown).ToDictionary(v => v.ToWire());

    /// <param name="Found">What a reader must find.</param>
    /// <param name="Missing">Bytes of a body that must still come before the next header; -1 when none ever
    /// comes.</param>
    public sealed record Outcome(List<Seen> Found, long Missing);

    public static Outcome Read(byte[] payload, ProtocolLimits limits)
    {
        var found = new List<Seen>();
        var at = 0;
        while (true)
        {
            var newline = Array.IndexOf(payload, (byte)'\n', at);
            var length = (newline < 0 ? payload.Length : newline) - at;
            if (length > limits.HeaderBytes)
                found.Add(Seen.Refused(RequestFault.HeaderTooLong));
            if (newline < 0)
                return new Outcome(found, 0);
            var line = payload.AsSpan(at, length);
            at = newline + 1;
            var (fault, verb, agent, body) = length > limits.HeaderBytes ? default : Judge(line, limits);
            if (fault == RequestFault.BodyUnbounded)
            {
                found.Add(Seen.Refused(fault, verb));
                return new Outcome(found, -1);
            }

            if (fault != RequestFault.None)
                found.Add(Seen.Refused(fault, verb));
            if (body > payload.Length - at)
                return new Outcome(found, body - (payload.Length - at));
            if (fault == RequestFault.None && agent != null)
                found.Add(Seen.Command(verb, agent, Encoding.Latin1.GetString(payload, at, (int)body)));
            at += (int)body;
        }
    }

    /// <summary>A blank line has no fault and no agent.</summary>
    private static (RequestFault Fault, Verb Verb, string? Agent, long Body) Judge(
        Span<byte> line, ProtocolLimits limits)
    {
        var text = Encoding.Latin1.GetString(line);
        if (text.EndsWith('\r'))
            text = text[..^1];
        var tokens = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (tokens.Length == 0)
            return default;
        if (tokens.Length != 3 || !tokens[2].All(char.IsAsciiDigit))
            return (RequestFault.Malformed, Verb.Unknown, null, 0);
        var count = tokens[2].Length < 18 ? long.Parse(tokens[2]) : BigInteger.Parse(tokens[2]);
        var name = tokens[0].ToUpperInvariant();
        var verb = ByName.GetValueOrDefault(name);
        if (count > limits.SkippedBytes)
            return (RequestFault.BodyUnbounded, verb, null, 0);
        var body = (long)count;
        if (body > limits.BodyBytes)
            return (RequestFault.BodyTooLarge, verb, null, body);
        if (verb == Verb.Unknown)
            return (RequestFault.UnknownVerb, verb, null, body);
        return Decode(tokens[1]) is { } agent
            ? (RequestFault.None, verb, agent, body)
            : (RequestFault.InvalidAgent, verb, null, body);
    }

    private static string? Decode(string latin1)
    {
        try
        {
            var name = latin1.All(char.IsAscii) ? latin1 : Strict.GetString(Encoding.Latin1.GetBytes(latin1));
            return AgentName.TryParse(name, out _) ? name : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
