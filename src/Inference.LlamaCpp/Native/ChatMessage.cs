using System.Runtime.InteropServices;

namespace AgenticOS.Inference.LlamaCpp.Native;

/// <summary><c>llama_chat_message</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ChatMessage
{
    public byte* Role;
    public byte* Content;
}
