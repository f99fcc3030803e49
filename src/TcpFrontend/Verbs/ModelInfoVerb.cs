using AgenticOS.Grains.Catalog;
using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

// MODEL_INFO AGENT LEN\n<id | empty = the selected model>
//   ->  +OK GENERIC  id=..\nfamily=..\npath=..\ntokenizer=..\n and further key=value lines
//   ->  -ERR MODEL_INFO
internal sealed class ModelInfoVerb(CatalogReader catalog) : IVerb
{
    public IReadOnlyList<Verb> Handles { get; } = [Verb.ModelInfo];

    public ErrorCode FailureCode => ErrorCode.ModelInfo;

    public async Task<VerbReply> RunAsync(VerbCall call)
    {
        if (!call.TryText(out var text, out var invalid))
            return invalid;
        var id = text.Trim();
        var view = await catalog.ReadAsync();
        if (CatalogReader.Find(view, id) is { } model)
            return VerbReply.Ok(OkCode.Generic, Describe(model, view));
        var reason = id.Length == 0 ? "No model is selected." : $"There is no model '{id}'.";
        return VerbReply.Error(ErrorCode.ModelInfo, $"{reason} LIST_MODELS has the ids.");
    }

    private static string Describe(ModelEntry model, CatalogView view)
    {
        var loadedOn = view.Nodes.Where(n => n.Loaded.Any(l => l.ModelId == model.Id)).Select(n => n.Name);
        string[] lines =
        [
            $"id={model.Id}",
            $"family={model.Family}",
            $"path={model.Path}",
            $"tokenizer={model.Tokenizer}",
            $"name={model.Name}",
            $"architecture={model.Architecture}",
            $"parameters={model.Parameters}",
            $"quantization={model.Quantization}",
            $"context_length={model.ContextLength}",
            $"file_bytes={model.FileBytes}",
            $"estimated_bytes={model.EstimatedBytes}",
            $"template={model.Template}",
            $"selected={(model.Id == view.Selected ? "true" : "false")}",
            $"loaded_on={string.Join(',', loadedOn)}",
        ];
        var fault = model.Fault is { } why ? $"\nfault={why.ReplaceLineEndings(" ")}" : "";
        return string.Join('\n', lines) + fault;
    }
}
