using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>The agents of one provider in one silo: one for each queue that the balancer gives to the silo.</summary>
internal sealed class PullingAgents : IStreamProducerExtension, IStreamQueueBalanceListener
{
    private readonly PersistentStreamProvider _provider;
    private readonly SiloRuntime _silo;
    private readonly IStreamQueueBalancer _balancer;
    private readonly Dictionary<QueueId, PullingAgent> _agents = [];
    private readonly SemaphoreSlim _rebalancing = new(1);
    private readonly Lock _gate = new();
    private bool _stopped;

    public PullingAgents(PersistentStreamProvider provider, SiloRuntime silo)
    {
        _provider = provider;
        _silo = silo;
        Log = silo.Services.GetRequiredService<ILoggerFactory>().CreateLogger($"Orleans.Streams.{provider.Name}");
        _balancer = silo.Services.GetKeyedService<IStreamQueueBalancer>(provider.Name)
            ?? new MembershipQueueBalancer(silo.Services.GetRequiredService<IClusterMembershipService>(), silo);
        Address = silo.Caller.Observers.Create<IStreamProducerExtension>(this).GetGrainId().ToString();
    }

    public ILogger Log { get; }

    /// <summary>The identity under which this silo delivers.</summary>
    public string Address { get; }

    public async Task StartAsync()
    {
        await _balancer.Initialize(_provider.Factory.GetStreamQueueMapper());
        _balancer.SubscribeToQueueDistributionChangeEvents(this);
        await QueueDistributionChangeNotification();
    }

    public async Task StopAsync()
    {
        _balancer.UnSubscribeFromQueueDistributionChangeEvents(this);
        await RebalanceAsync(final: true);
        await _balancer.Shutdown();
    }

    public Task QueueDistributionChangeNotification() => RebalanceAsync(final: false);

    public Task AddSubscriber(StreamId streamId, StreamSubscriptionRecord subscription) =>
        Task.WhenAll(Running().Select(agent => agent.AddSubscriber(streamId, subscription)));

    public Task RemoveSubscriber(StreamId streamId, Guid subscriptionId) =>
        Task.WhenAll(Running().Select(agent => agent.RemoveSubscriber(streamId, subscriptionId)));

    private PullingAgent[] Running()
    {
        lock (_gate)
            return [.. _agents.Values];
    }

    private async Task RebalanceAsync(bool final)
    {
        await _rebalancing.WaitAsync();
        try
        {
            _stopped |= final;
            HashSet<QueueId> mine = _stopped || _silo.IsDead ? [] : [.. _balancer.GetMyQueues()];
            await Task.WhenAll(TakeOut(mine).Select(agent => agent.StopAsync()));
            foreach (var queue in mine)
                await TakeInAsync(queue);
        }
        finally
        {
            _rebalancing.Release();
        }
    }

    private List<PullingAgent> TakeOut(HashSet<QueueId> mine)
    {
        lock (_gate)
        {
            var leaving = _agents.Where(a => !mine.Contains(a.Key)).ToList();
            foreach (var (queue, _) in leaving)
                _agents.Remove(queue);
            return [.. leaving.Select(a => a.Value)];
        }
    }

    private async Task TakeInAsync(QueueId queue)
    {
        lock (_gate)
        {
            if (_agents.ContainsKey(queue))
                return;
        }

        var failures = await _provider.Factory.GetDeliveryFailureHandler(queue);
        var agent = new PullingAgent(new PullingAgentParts(_provider, queue, failures, Address, Log), _silo);
        lock (_gate)
            _agents[queue] = agent;
        agent.Start();
    }
}
