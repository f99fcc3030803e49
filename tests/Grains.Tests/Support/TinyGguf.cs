using System.Text;

namespace AgenticOS.Grains.Tests.Support;

/// <summary>Writes headers of model files: enough for the folders to read, with any memory need.</summary>
public static class TinyGguf
{
    public static void Write(
        string path, int layers = 1, int embedding = 64, int context = 512, string? template = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new BinaryWriter(File.Create(path + ".new"));
        var pairs = new List<Action>
        {
            () => Text(file, "general.architecture", "llama"),
            () => Text(file, "general.name", Path.GetFileNameWithoutExtension(path)),
            () => Number(file, "llama.block_count", layers),
            () => Number(file, "llama.embedding_length", embedding),
            () => Number(file, "llama.attention.head_count", 1),
            () => Number(file, "llama.context_length", context),
            () => Text(file, "tokenizer.ggml.model", "llama"),
        };
        if (template is not null)
            pairs.Add(() => Text(file, "tokenizer.chat_template", template));
        file.Write("GGUF"u8);
        file.Write(3u);
        file.Write(1UL);
        file.Write((ulong)pairs.Count);
        foreach (var pair in pairs)
            pair();
        Tensor(file, "token_embd.weight", 64);
        file.Close();
        File.Move(path + ".new", path, overwrite: true);
    }

    private static void Tensor(BinaryWriter file, string name, int length)
    {
        Raw(file, name);
        file.Write(1u);
        file.Write((ulong)length);
        file.Write(0u);
        file.Write(0UL);
        file.Write(new byte[31 - ((file.BaseStream.Position + 31) % 32)]);
        file.Write(new byte[length * sizeof(float)]);
    }

    private static void Text(BinaryWriter file, string key, string value)
    {
        Raw(file, key);
        file.Write(8u);
        Raw(file, value);
    }

    private static void Number(BinaryWriter file, string key, int value)
    {
        Raw(file, key);
        file.Write(4u);
        file.Write((uint)value);
    }

    private static void Raw(BinaryWriter file, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        file.Write((ulong)bytes.Length);
        file.Write(bytes);
    }
}
