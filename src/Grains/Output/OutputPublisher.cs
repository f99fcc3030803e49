using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Grains.Output;

/// <summary>Sends the output of this silo's processes to the frontends: one stream and one loop per frontend, started
/// by its first output and gone when there was none for a while. Engines hand over and go on; a frontend that is slow
/// or gone costs them nothing.</summary>
internal sealed partial class OutputPublisher(
    IServiceProvider services, ILocalSiloDetails silo, TimeProvider time, ILogger<OutputPublisher> logger)
{
    private readonly ConcurrentDictionary<string, FrontendLane> _lanes = new(StringComparer.Ordinal);
    private readonly string _node = silo.SiloAddress.ToParsableString();
    private long _dropped;

    /// <summary>Frontends with a loop.</summary>
    public int Lanes => _lanes.Count;

    /// <summary>Items that were dropped because their frontend did not keep up; it finds them in the log.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Takes one step's items for a frontend. Any thread; never waits.</summary>
    public void Publish(string frontend, StepItems step)
    {
        // A lane that is just closing refuses; the second round makes a new one.
        for (var round = 0; round < 2; round++)
        {
            switch (_lanes.GetOrAdd(frontend, Open).Offer(step))
            {
                case Offered.Taken:
                    return;
                case Offered.Full:
                    Drop(frontend, step.Items.Length);
                    return;
            }
        }
        Drop(frontend, step.Items.Length);
    }

    /// <summary>Completes when everything that was handed over before has been put on the streams.</summary>
    public Task FlushAsync() => Task.WhenAll(_lanes.Values.Select(lane => lane.CloseAsync()));

    private FrontendLane Open(string frontend)
    {
        var stream = services.GetRequiredKeyedService<IStreamProvider>(OutputStreams.Provider)
            .GetStream<OutputBatch>(StreamId.Create(OutputStreams.Namespace, frontend));
        return new FrontendLane(
            (items, emittedAt) => SendAsync(frontend, stream, new OutputBatch(_node, emittedAt, items)),
            lane => _lanes.TryRemove(KeyValuePair.Create(frontend, lane)),
            time);
    }

    private async Task SendAsync(string frontend, IAsyncStream<OutputBatch> stream, OutputBatch batch)
    {
        try
        {
            await stream.OnNextAsync(batch);
        }
        catch (Exception cause)
        {
            // The outermost catch of a lane's loop: one lost batch must not end it, the listener recovers from the log.
            LogBatchLost(frontend, batch.Items.Length, cause);
            Interlocked.Add(ref _dropped, batch.Items.Length);
        }
    }

    private void Drop(string frontend, int items)
    {
        if (Interlocked.Add(ref _dropped, items) == items)
            LogFrontendSlow(frontend);
    }
}
