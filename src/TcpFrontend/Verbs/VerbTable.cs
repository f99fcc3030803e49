using System.Collections.Frozen;
using AgenticOS.Protocol;
using AgenticOS.Protocol.Requests;
using AgenticOS.TcpFrontend.Connections;

namespace AgenticOS.TcpFrontend.Verbs;

/// <summary>Finds who carries out a verb and sees to it that every command gets exactly one answer, whatever
/// fails.</summary>
internal sealed class VerbTable
{
    private readonly FrozenDictionary<Verb, IVerb> _verbs;
    private readonly FrontendServices _services;

    /// <exception cref="ArgumentException">A verb of the protocol is carried out by nobody or by two.</exception>
    public VerbTable(IEnumerable<IVerb> verbs, FrontendServices services)
    {
        _services = services;
        _verbs = verbs.SelectMany(v => v.Handles.Select(name => (name, v))).ToFrozenDictionary(p => p.name, p => p.v);
        var missing = Enum.GetValues<Verb>().Where(v => v != Verb.Unknown && !_verbs.ContainsKey(v)).ToArray();
        if (missing.Length > 0)
            throw new ArgumentException($"Nobody carries out {string.Join(", ", missing)}.", nameof(verbs));
    }

    /// <summary>Runs one request of a connection and appends its answer to the outbox.</summary>
    public async Task RunAsync(ClientConnection connection, Request request)
    {
        _services.Counters.Add(FrontendCount.Commands);
        var reply = request.Fault == RequestFault.None
            ? await AskAsync(new VerbCall(request, connection, _services))
            : VerbReply.Error(request.Fault.ToErrorCode(), request.Fault.ToMessage(_services.Options.Protocol));
        if (reply.IsOk)
        {
            connection.Outbox.Ok(reply.OkCode, reply.Text);
        }
        else
        {
            _services.Counters.Add(FrontendCount.Errors);
            connection.Outbox.Error(reply.ErrorCode, reply.Text);
        }

        connection.Outbox.Kick();
        if (reply.Then is { } then)
            await then();
    }

    private async Task<VerbReply> AskAsync(VerbCall call)
    {
        var verb = _verbs[call.Verb];
        try
        {
            return await verb.RunAsync(call);
        }
        catch (TimeoutException failure)
        {
            _services.Log.VerbTimedOut(failure, call.Verb, call.Connection.Peer);
            return VerbReply.Error(verb.FailureCode, "The cluster did not answer in time; try again.");
        }
        catch (Exception failure)
        {
            _services.Log.VerbFailed(failure, call.Verb, call.Connection.Peer);
            return VerbReply.Error(verb.FailureCode, "The cluster could not do it; the frontend's log has the cause.");
        }
    }
}
