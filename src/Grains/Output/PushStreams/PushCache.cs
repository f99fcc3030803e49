using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>Holds each batch until every listener of its stream has moved past it, and at most
/// <see cref="PushLimits.WaitingPerStream"/> per stream. Runs on the pulling agent's scheduler only, hence without
/// locks.</summary>
/// <param name="time">Clock.</param>
/// <param name="released">Told how many batches were let go.</param>
internal sealed class PushCache(TimeProvider time, Action<int> released) : IQueueCache
{
    private readonly Dictionary<StreamId, PushLane> _lanes = [];

    /// <summary>Streams that hold a batch or a cursor.</summary>
    public int Lanes => _lanes.Count;

    /// <summary>Batches held over all streams.</summary>
    public int Held => _lanes.Values.Sum(lane => lane.Count);

    public int GetMaxAddCount() => PushLimits.TakenAtOnce;

    /// <summary>Never: a slow listener loses its oldest batches instead of holding up the others.</summary>
    public bool IsUnderPressure() => false;

    /// <summary>Called before every read: forgets the streams that nobody reads. A listener that is just shaking hands
    /// has until <see cref="PushLimits.Delivery"/> for its cursor.</summary>
    public bool TryPurgeFromCache([MaybeNullWhen(false)] out IList<IBatchContainer> purgedItems)
    {
        purgedItems = null;
        foreach (var (stream, lane) in _lanes)
        {
            if (lane.Unread && time.GetElapsedTime(lane.LastAddedAt) > PushLimits.Delivery)
            {
                _lanes.Remove(stream);
                released(lane.Count);
            }
        }
        return false;
    }

    public void AddToCache(IList<IBatchContainer> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var now = time.GetTimestamp();
        foreach (var batch in messages)
            LaneOf(batch.StreamId).Add(batch, now);
    }

    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token) =>
        LaneOf(streamId).Open(token);

    private PushLane LaneOf(StreamId streamId)
    {
        if (!_lanes.TryGetValue(streamId, out var lane))
            _lanes[streamId] = lane = new PushLane(released);
        return lane;
    }
}
