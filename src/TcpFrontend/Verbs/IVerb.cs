using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

/// <summary>Carries out one verb, or a few that differ in a word. Without state: called for all connections at
/// once.</summary>
internal interface IVerb
{
    /// <summary>The verbs it carries out.</summary>
    IReadOnlyList<Verb> Handles { get; }

    /// <summary>The code to answer with when a call of the cluster fails.</summary>
    ErrorCode FailureCode { get; }

    /// <summary>Carries out the command; the answer is written by the caller. May throw what the cluster
    /// throws.</summary>
    Task<VerbReply> RunAsync(VerbCall call);
}
