namespace AgenticOS.Client;

/// <summary>The reply to one command.</summary>
/// <param name="Ok">Whether it was <c>+OK</c>.</param>
/// <param name="Code">Its code.</param>
/// <param name="Text">Its payload.</param>
public sealed record Answer(bool Ok, string Code, string Text);
