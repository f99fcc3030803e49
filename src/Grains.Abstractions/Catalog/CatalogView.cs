using AgenticOS.Grains.Nodes;

namespace AgenticOS.Grains.Catalog;

/// <summary>Models and nodes of the cluster at one version.</summary>
/// <param name="Version">Rises with every change of models, selection or membership; load figures alone do not raise
/// it.</param>
/// <param name="Selected">Id of the selected model; null when there is none.</param>
/// <param name="Models">Every model that some silo has on disk, by id; the broken ones too, with their fault.</param>
/// <param name="Nodes">The silos' latest reports.</param>
[GenerateSerializer, Immutable, Alias("agenticos.catalog-view")]
public sealed record CatalogView(
    [property: Id(0)] long Version,
    [property: Id(1)] string? Selected,
    [property: Id(2)] ModelEntry[] Models,
    [property: Id(3)] NodeReport[] Nodes);

/// <summary>One model file (or set of split files) as its GGUF header describes it.</summary>
/// <param name="Id">Path relative to the model folder, without extension, with <c>/</c>.</param>
/// <param name="Path">The path as clients are shown it.</param>
/// <param name="Family">Llama, Qwen, Mistral or Unknown.</param>
/// <param name="Architecture">general.architecture.</param>
/// <param name="Name">general.name, or the id.</param>
/// <param name="Tokenizer">tokenizer.ggml.model and .pre, as <c>gpt2/llama-bpe</c>.</param>
/// <param name="Parameters">Number of weights.</param>
/// <param name="Quantization">For instance Q4_K_M.</param>
/// <param name="ContextLength">Tokens the model was trained for.</param>
/// <param name="FileBytes">Size on disk, all parts.</param>
/// <param name="EstimatedBytes">Memory it needs when loaded with the configured slots; with one, where slots are chosen
/// by the memory that is free.</param>
/// <param name="Template">Which chat template: the family's name, <c>file</c> for another one in the file, or
/// <c>none</c>.</param>
/// <param name="Fault">Null when it can be loaded; else what is wrong with the file.</param>
[GenerateSerializer, Immutable, Alias("agenticos.model-entry")]
public sealed record ModelEntry(
    [property: Id(0)] string Id,
    [property: Id(1)] string Path,
    [property: Id(2)] string Family,
    [property: Id(3)] string Architecture,
    [property: Id(4)] string Name,
    [property: Id(5)] string Tokenizer,
    [property: Id(6)] long Parameters,
    [property: Id(7)] string Quantization,
    [property: Id(8)] int ContextLength,
    [property: Id(9)] long FileBytes,
    [property: Id(10)] long EstimatedBytes,
    [property: Id(11)] string Template,
    [property: Id(12)] string? Fault);

/// <summary>The outcome of SELECT_MODEL.</summary>
/// <param name="Version">The catalog's version that shows it.</param>
/// <param name="Model">The selected model.</param>
/// <param name="Refusal">MODEL_NOT_FOUND when nothing was changed.</param>
[GenerateSerializer, Immutable, Alias("agenticos.select-reply")]
public sealed record SelectReply(
    [property: Id(0)] long Version,
    [property: Id(1)] ModelEntry? Model,
    [property: Id(2)] Refusal? Refusal);

/// <summary>The outcome of LOAD.</summary>
/// <param name="Version">The catalog's version that shows it.</param>
/// <param name="Model">The loaded model.</param>
/// <param name="Nodes">The silos that hold it now because of this call.</param>
/// <param name="Refusal">MODEL_SELECTOR (which model is meant is not clear or it lies outside the model folders) or
/// LOAD_FAILED (with figures where it does not fit).</param>
[GenerateSerializer, Immutable, Alias("agenticos.load-reply")]
public sealed record LoadReply(
    [property: Id(0)] long Version,
    [property: Id(1)] ModelEntry? Model,
    [property: Id(2)] string[] Nodes,
    [property: Id(3)] Refusal? Refusal);
