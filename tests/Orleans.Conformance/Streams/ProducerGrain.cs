using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Conformance.Streams;

public interface IProducerGrain : IGrainWithStringKey
{
    /// <summary>Publishes `count` ticks, numbered on from `first`, one after another.</summary>
    Task Publish(string provider, string stream, int first, int count);
}

/// <summary>Publishes under its own key as the producer's name.</summary>
public sealed class ProducerGrain : Grain, IProducerGrain
{
    public async Task Publish(string provider, string stream, int first, int count)
    {
        var target = this.GetStreamProvider(provider).GetStream<Tick>(StreamId.Create("ticks", stream));
        for (var i = first; i < first + count; i++)
            await target.OnNextAsync(new Tick(this.GetPrimaryKeyString(), i));
    }
}
