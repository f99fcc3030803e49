using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

// SELECT_MODEL AGENT LEN\n<id>
//   ->  +OK GENERIC  Selected model 'ID'.
//   ->  -ERR MISSING_MODEL_ID | MODEL_NOT_FOUND
internal sealed class SelectModelVerb(CatalogReader catalog) : IVerb
{
    public IReadOnlyList<Verb> Handles { get; } = [Verb.SelectModel];

    public ErrorCode FailureCode => ErrorCode.Internal;

    public async Task<VerbReply> RunAsync(VerbCall call)
    {
        if (!call.TryText(out var text, out var invalid))
            return invalid;
        var id = text.Trim();
        if (id.Length == 0)
            return VerbReply.Error(ErrorCode.MissingModelId, "SELECT_MODEL needs an id; LIST_MODELS has them.");
        var selected = await catalog.Writer.SelectAsync(id);
        if (selected.Refusal is { } refusal)
            return VerbReply.Refused(refusal, ErrorCode.ModelNotFound);
        catalog.Wrote(selected.Version);
        return VerbReply.Ok(OkCode.Generic, $"Selected model '{selected.Model?.Id ?? id}'.");
    }
}
