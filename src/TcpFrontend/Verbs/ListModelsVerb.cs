using System.Text;
using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

// LIST_MODELS AGENT LEN\n<ignored>
//   ->  +OK GENERIC  Models (N)\n* id=ID family=F path=P\n- id=...
//       (* selected, - otherwise; a broken file says fault=WHY at its end)
internal sealed class ListModelsVerb(CatalogReader catalog) : IVerb
{
    public IReadOnlyList<Verb> Handles { get; } = [Verb.ListModels];

    public ErrorCode FailureCode => ErrorCode.Internal;

    public async Task<VerbReply> RunAsync(VerbCall call)
    {
        var view = await catalog.ReadAsync();
        var text = new StringBuilder().Append($"Models ({view.Models.Length})");
        foreach (var model in view.Models)
        {
            var mark = model.Id == view.Selected ? '*' : '-';
            text.Append($"\n{mark} id={model.Id} family={model.Family} path={model.Path}");
            if (model.Fault is { } fault)
                text.Append($" fault={fault.ReplaceLineEndings(" ")}");
        }

        return VerbReply.Ok(OkCode.Generic, text.ToString());
    }
}
