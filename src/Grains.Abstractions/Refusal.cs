namespace AgenticOS.Grains;

/// <summary>An expected "no" of the kernel, in the words the client is answered with.</summary>
/// <param name="Code">The protocol's error code, for instance NO_MODEL.</param>
/// <param name="Message">One line: what is wrong and what to do about it.</param>
[GenerateSerializer, Immutable, Alias("agenticos.refusal")]
public sealed record Refusal([property: Id(0)] string Code, [property: Id(1)] string Message);
