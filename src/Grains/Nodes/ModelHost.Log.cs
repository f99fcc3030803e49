using Microsoft.Extensions.Logging;

namespace AgenticOS.Grains.Nodes;

internal sealed partial class ModelHost
{
    [LoggerMessage(1200, LogLevel.Information,
        "Model {Model} is loaded on {Device}: {Slots} slots of {Context} tokens, in {Seconds:0.0} s.")]
    private partial void LogLoaded(string model, string device, int slots, int context, double seconds);

    [LoggerMessage(1201, LogLevel.Error, "The engine of model {Model} stopped by itself; the model is let go.")]
    private partial void LogEngineStopped(string model);
}
