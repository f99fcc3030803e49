namespace AgenticOS.Grains.Output;

/// <summary>The address of a listener: a frontend and its own number for the command that listens.</summary>
/// <param name="Frontend">The frontend's id, the key of its output stream.</param>
/// <param name="Ticket">Chosen by the frontend, unique there; known before the PID is, so output never waits for
/// it.</param>
[GenerateSerializer, Immutable, Alias("agenticos.output-route")]
public readonly record struct OutputRoute([property: Id(0)] string Frontend, [property: Id(1)] long Ticket);

/// <summary>Names of the streams that carry output.</summary>
public static class OutputStreams
{
    /// <summary>The stream provider's name.</summary>
    public const string Provider = "output";

    /// <summary>The namespace of the streams; the key is the frontend's id. One stream per frontend, never one per
    /// process.</summary>
    public const string Namespace = "frontend";
}
