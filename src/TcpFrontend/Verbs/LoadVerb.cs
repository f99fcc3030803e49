using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

// LOAD AGENT LEN\n<model id | path in a model folder | empty = the selected model>
//   ->  +OK GENERIC  Master Model Loaded. family=Llama path=P
//   ->  -ERR MODEL_SELECTOR | LOAD_FAILED
internal sealed class LoadVerb(CatalogReader catalog) : IVerb
{
    public IReadOnlyList<Verb> Handles { get; } = [Verb.Load];

    public ErrorCode FailureCode => ErrorCode.LoadFailed;

    public async Task<VerbReply> RunAsync(VerbCall call)
    {
        if (!call.TryText(out var target, out var invalid))
            return invalid;
        var loaded = await catalog.Writer.LoadAsync(target.Trim(), []);
        if (loaded.Refusal is { } refusal)
            return VerbReply.Refused(refusal, ErrorCode.LoadFailed);
        catalog.Wrote(loaded.Version);
        return loaded.Model is { } model
            ? VerbReply.Ok(OkCode.Generic, $"Master Model Loaded. family={model.Family} path={model.Path}")
            : VerbReply.Error(ErrorCode.LoadFailed, "The catalog loaded a model and did not say which.");
    }
}
