namespace AgenticOS.Kernel.Prompting;

/// <summary>How a model wants its turns written. It follows the chat format, not the maker: a ChatML model is
/// <see cref="Qwen"/> whoever trained it.</summary>
public enum PromptFamily
{
    /// <summary>None of the formats below: text goes in as it is.</summary>
    Unknown,

    /// <summary>Llama 3: headers between <c>&lt;|start_header_id|&gt;</c> and <c>&lt;|end_header_id|&gt;</c>.</summary>
    Llama,

    /// <summary>ChatML: <c>&lt;|im_start|&gt;</c> and <c>&lt;|im_end|&gt;</c>.</summary>
    Qwen,

    /// <summary><c>[INST]</c> and <c>[/INST]</c>.</summary>
    Mistral,
}
