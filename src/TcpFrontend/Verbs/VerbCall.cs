using System.Buffers;
using AgenticOS.Grains.Agents;
using AgenticOS.Protocol;
using AgenticOS.Protocol.Requests;
using AgenticOS.TcpFrontend.Connections;

namespace AgenticOS.TcpFrontend.Verbs;

/// <summary>One command, being run.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Connection">Who asked.</param>
/// <param name="Services">What to answer with.</param>
internal readonly record struct VerbCall(Request Request, ClientConnection Connection, FrontendServices Services)
{
    public Verb Verb => Request.Verb;

    public IAgentGrain Agent => Services.Cluster.GetGrain<IAgentGrain>(Request.Agent);

    /// <summary>The body as text; false with the reply to give when it is not UTF-8.</summary>
    public bool TryText(out string text, out VerbReply refusal)
    {
        refusal = VerbReply.Error(
            ErrorCode.InvalidUtf8, $"The payload of {Verb.ToWire()} is text in UTF-8, and this is not.");
        return TextPayload.TryDecode(Request.Body, out text);
    }
}
