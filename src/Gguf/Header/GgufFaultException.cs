namespace AgenticOS.Gguf.Header;

/// <summary>Carries a fault up to the entry of the reader; never leaves this project.</summary>
internal sealed class GgufFaultException(GgufFault fault) : Exception(fault.Message)
{
    public GgufFault Fault { get; } = fault;
}
