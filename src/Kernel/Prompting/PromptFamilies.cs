using System.Globalization;

namespace AgenticOS.Kernel.Prompting;

/// <summary>The rules of each <see cref="PromptFamily"/>. The formats of injected turns are those that existing prompts
/// and agents know, byte for byte. No rule writes a begin-of-text token: the tokenizer adds the one its vocabulary
/// wants.</summary>
public static class PromptFamilies
{
    private static readonly string[] LlamaStops = ["<|eot_id|>", "<|end_of_text|>"];
    private static readonly string[] QwenStops = ["<|im_end|>", "<|endoftext|>"];
    private static readonly string[] MistralStops = ["</s>"];
    private static readonly string[] LlamaControls =
        ["<|start_header_id|>", "<|end_header_id|>", "<|begin_of_text|>", "<|eot_id|>"];
    private static readonly string[] QwenControls = ["<|im_start|>", "<|im_end|>"];
    private static readonly string[] MistralControls = ["[INST]", "[/INST]"];

    /// <summary>The family's name as replies carry it: Llama, Qwen, Mistral or Unknown.</summary>
    public static string ToWire(PromptFamily family) => family switch
    {
        PromptFamily.Llama => "Llama",
        PromptFamily.Qwen => "Qwen",
        PromptFamily.Mistral => "Mistral",
        _ => "Unknown",
    };

    /// <summary>Reads a name as <see cref="ToWire"/> writes it; anything else is
    /// <see cref="PromptFamily.Unknown"/>.</summary>
    public static PromptFamily FromWire(string? name) => name switch
    {
        "Llama" => PromptFamily.Llama,
        "Qwen" => PromptFamily.Qwen,
        "Mistral" => PromptFamily.Mistral,
        _ => PromptFamily.Unknown,
    };

    /// <summary>Recognises the family from a model file's metadata: its chat template speaks first, then the
    /// tokenizer's pre-tokenizer, then architecture and name. Each may be null.</summary>
    public static PromptFamily Detect(string? architecture, string? name, string? tokenizerPre, string? chatTemplate)
    {
        var byTemplate = OfTemplate(chatTemplate ?? "");
        if (byTemplate != PromptFamily.Unknown)
            return byTemplate;
        var byTokenizer = OfTokenizer((tokenizerPre ?? "").ToLowerInvariant());
        return byTokenizer != PromptFamily.Unknown
            ? byTokenizer
            : OfNames((architecture ?? "").ToLowerInvariant(), (name ?? "").ToLowerInvariant());
    }

    /// <summary>True when a text already carries control tokens of the family, and so goes in raw.</summary>
    public static bool HasControlTokens(PromptFamily family, string text)
    {
        foreach (var token in ControlTokens(family))
        {
            if (text.Contains(token, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>The first user turn with the opening of the answer, for models whose own template cannot be applied.
    /// A text that carries the family's control tokens, and any text of an unknown family, is returned as it
    /// is.</summary>
    public static string WrapUser(PromptFamily family, string text) => HasControlTokens(family, text)
        ? text
        : family switch
        {
            PromptFamily.Llama => "<|start_header_id|>user<|end_header_id|>\n\n" + text
                + "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
            PromptFamily.Qwen => "<|im_start|>user\n" + text + "<|im_end|>\n<|im_start|>assistant\n",
            PromptFamily.Mistral => "[INST] " + text + " [/INST]",
            _ => text,
        };

    /// <summary>The turn in which a system call's result goes back into a running answer.</summary>
    public static string WrapSyscallResult(PromptFamily family, string content) => family switch
    {
        PromptFamily.Llama => Llama("system", content),
        PromptFamily.Qwen => Qwen("system", content),
        PromptFamily.Mistral => "[INST] [SYSTEM] " + content + " [/SYSTEM] [/INST]",
        _ => "\n[system]\n" + content + "\n[/system]\n",
    };

    /// <summary>The user turn in which a message of another process arrives.</summary>
    public static string WrapMessage(PromptFamily family, long fromPid, string text)
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"[Message from PID {fromPid}]: {text}");
        return family switch
        {
            PromptFamily.Llama => Llama("user", content),
            PromptFamily.Qwen => Qwen("user", content),
            PromptFamily.Mistral => "[INST] " + content + " [/INST]",
            _ => "\n[user]\n" + content + "\n[/user]\n",
        };
    }

    /// <summary>Texts that end an answer, after the vocabulary's own end-of-generation tokens.</summary>
    public static IReadOnlyList<string> StopTexts(PromptFamily family) => family switch
    {
        PromptFamily.Llama => LlamaStops,
        PromptFamily.Qwen => QwenStops,
        PromptFamily.Mistral => MistralStops,
        _ => [],
    };

    private static string Llama(string role, string content) => "<|eot_id|><|start_header_id|>" + role
        + "<|end_header_id|>\n\n" + content + "\n<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n";

    private static string Qwen(string role, string content) =>
        "<|im_start|>" + role + "\n" + content + "\n<|im_end|>\n<|im_start|>assistant\n";

    private static string[] ControlTokens(PromptFamily family) => family switch
    {
        PromptFamily.Llama => LlamaControls,
        PromptFamily.Qwen => QwenControls,
        PromptFamily.Mistral => MistralControls,
        _ => [],
    };

    private static PromptFamily OfTemplate(string template)
    {
        if (template.Contains("<|start_header_id|>", StringComparison.Ordinal))
            return PromptFamily.Llama;
        if (template.Contains("<|im_start|>", StringComparison.Ordinal))
            return PromptFamily.Qwen;
        return template.Contains("[INST]", StringComparison.Ordinal) ? PromptFamily.Mistral : PromptFamily.Unknown;
    }

    private static PromptFamily OfTokenizer(string pre) => pre switch
    {
        "llama-bpe" or "llama3" or "llama-v3" => PromptFamily.Llama,
        "qwen2" or "qwen35" => PromptFamily.Qwen,
        "tekken" => PromptFamily.Mistral,
        _ => PromptFamily.Unknown,
    };

    private static PromptFamily OfNames(string architecture, string name)
    {
        if (architecture.StartsWith("qwen", StringComparison.Ordinal))
            return PromptFamily.Qwen;
        if (architecture.StartsWith("mistral", StringComparison.Ordinal)
            || name.Contains("mistral", StringComparison.Ordinal) || name.Contains("mixtral", StringComparison.Ordinal))
            return PromptFamily.Mistral;
        // The architecture "llama" alone says nothing: half of all files have it, and a vocabulary without Llama 3's
        // control tokens would read them as plain words.
        var isLlama3 = name.Contains("llama-3", StringComparison.Ordinal)
            || name.Contains("llama 3", StringComparison.Ordinal) || name.Contains("llama3", StringComparison.Ordinal);
        return isLlama3 ? PromptFamily.Llama : PromptFamily.Unknown;
    }
}
