using Orleans.Hosting;

namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>Sets up the output streams of a client that is no silo.</summary>
public static class OutputStreamsClientExtensions
{
    /// <summary>Registers <see cref="OutputStreams.Provider"/> for listening. A frontend in a silo's own process uses
    /// that silo's registration instead.</summary>
    public static IClientBuilder AddOutputStreams(this IClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddPersistentStreams(
            OutputStreams.Provider, (_, name) => new ListeningAdapter(name), configureStream: null);
    }
}
