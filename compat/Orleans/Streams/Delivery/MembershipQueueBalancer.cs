using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Deals the queues out evenly among the active silos, in an order that all silos compute alike.</summary>
internal sealed class MembershipQueueBalancer(IClusterMembershipService membership, ILocalSiloDetails silo)
    : IStreamQueueBalancer
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private readonly List<IStreamQueueBalanceListener> _listeners = [];
    private QueueId[] _queues = [];
    private QueueId[] _mine = [];
    private Task _following = Task.CompletedTask;

    public Task Initialize(IStreamQueueMapper queueMapper)
    {
        _queues = [.. queueMapper.GetAllQueues().Order()];
        _mine = Deal(membership.CurrentSnapshot);
        _following = Task.Run(FollowAsync);
        return Task.CompletedTask;
    }

    public async Task Shutdown()
    {
        await _ending.CancelAsync();
        await _following;
        _mine = [];
    }

    public IEnumerable<QueueId> GetMyQueues() => Volatile.Read(ref _mine);

    public bool SubscribeToQueueDistributionChangeEvents(IStreamQueueBalanceListener observer)
    {
        lock (_gate)
        {
            if (_listeners.Contains(observer))
                return false;
            _listeners.Add(observer);
            return true;
        }
    }

    public bool UnSubscribeFromQueueDistributionChangeEvents(IStreamQueueBalanceListener observer)
    {
        lock (_gate)
            return _listeners.Remove(observer);
    }

    private async Task FollowAsync()
    {
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(_ending.Token))
            {
                var mine = Deal(snapshot);
                if (mine.SequenceEqual(_mine))
                    continue;
                Volatile.Write(ref _mine, mine);
                await Task.WhenAll(Listeners().Select(l => l.QueueDistributionChangeNotification()));
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The end that Shutdown asked for.
        }
    }

    private QueueId[] Deal(ClusterMembershipSnapshot snapshot)
    {
        SiloAddress[] active =
            [.. snapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => m.SiloAddress).Order()];
        var place = Array.IndexOf(active, silo.SiloAddress);
        return place < 0 ? [] : [.. _queues.Where((_, i) => i % active.Length == place)];
    }

    private IStreamQueueBalanceListener[] Listeners()
    {
        lock (_gate)
            return [.. _listeners];
    }
}
