using AgenticOS.Bench;
using AgenticOS.Bench.Engine;
using AgenticOS.Bench.Tcp;

// One verb, one bench; each says what it wants when it is called wrongly.
try
{
    switch (args)
    {
        case ["shapes", .. string[] rest]:
            ShapesVerb.Run(Arguments.Parse(rest));
            return 0;
        case ["engine", .. string[] rest]:
            await EngineVerb.RunAsync(Arguments.Parse(rest));
            return 0;
        case ["tcp", .. string[] rest]:
            await TcpVerb.RunAsync(Arguments.Parse(rest));
            return 0;
        default:
            await Console.Error.WriteLineAsync(
                $"bench VERB\n  {ShapesVerb.Usage}\n  {EngineVerb.Usage}\n  {TcpVerb.Usage}");
            return 2;
    }
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
