using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Brings events from the cache to subscriptions. Runs on the agent's scheduler.</summary>
internal sealed class StreamDelivery(PullingAgentParts parts, GrainCaller caller, CancellationToken stopping)
{
    /// <summary>Agrees with a subscription where it begins, and begins.</summary>
    public async Task SubscribeAsync(
        DeliveredStream stream, StreamSubscriptionRecord record, StreamSequenceToken? first)
    {
        var subscription = stream.GetOrAdd(record.SubscriptionId, () => new DeliveredSubscription(
            record.SubscriptionId,
            (IStreamConsumerExtension)(object)caller.References.Create(
                GrainId.Parse(record.Consumer), typeof(IStreamConsumerExtension))));
        try
        {
            subscription.LastToken = await RetryAsync(
                () => AskTokenAsync(subscription), parts.Options.MaxEventDeliveryTime);
            if (subscription.LastToken?.Token is { } wanted)
                subscription.MoveTo(CursorAt(stream.Id, wanted, first));
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            if (await FailAsync(stream, subscription, exception, null))
                return;
        }
        catch (Exception exception)
        {
            parts.Log.LogDebug(exception, "Subscription {Subscription} ends with its agent", subscription.Id);
            return;
        }

        if (subscription.HasEnded)
            return;
        if (subscription.Cursor is null)
            subscription.MoveTo(CursorAt(stream.Id, first ?? subscription.PendingStart, null));
        subscription.IsReady = true;
        Run(stream, subscription);
    }

    /// <summary>Events have come for a stream, the first of them at this place.</summary>
    public void Wake(DeliveredStream stream, StreamSequenceToken first, DateTimeOffset now)
    {
        stream.LastActivity = now;
        foreach (var subscription in stream.Subscriptions)
        {
            if (!subscription.IsReady)
            {
                if (subscription.PendingStart is null || first.Older(subscription.PendingStart))
                    subscription.PendingStart = first;
                continue;
            }

            subscription.Cursor?.Refresh(first);
            Run(stream, subscription);
        }
    }

    /// <summary>Tries until it works or the agent stops; then the answer is missing.</summary>
    public async Task<T?> RetryForeverAsync<T>(Func<Task<T>> attempt)
        where T : class
    {
        try
        {
            return await RetryAsync(attempt, Timeout.InfiniteTimeSpan);
        }
        catch (Exception exception) when (stopping.IsCancellationRequested)
        {
            parts.Log.LogDebug(exception, "An attempt of queue {Queue} ends with its agent", parts.Queue);
            return null;
        }
    }

    private void Run(DeliveredStream stream, DeliveredSubscription subscription)
    {
        if (!subscription.IsDelivering)
            _ = RunAsync(stream, subscription);
    }

    private async Task RunAsync(DeliveredStream stream, DeliveredSubscription subscription)
    {
        subscription.IsDelivering = true;
        try
        {
            while (!stopping.IsCancellationRequested && subscription.Cursor is { } cursor && Next(cursor) is { } batch)
            {
                if (await DeliverAsync(stream, subscription, batch))
                    return;
            }
        }
        catch (Exception exception)
        {
            parts.Log.LogError(
                exception, "Delivery of {Stream} to {Subscription} broke off", stream.Id, subscription.Id);
        }
        finally
        {
            subscription.IsDelivering = false;
        }
    }

    private IBatchContainer? Next(IQueueCacheCursor cursor)
    {
        if (parts.Options.BatchContainerBatchSize <= 1)
            return cursor.MoveNext() ? cursor.GetCurrent(out _) : null;
        var batches = new List<IBatchContainer>();
        while (batches.Count < parts.Options.BatchContainerBatchSize && cursor.MoveNext())
            batches.Add(cursor.GetCurrent(out _)!);
        return batches.Count == 0 ? null : new BatchContainerBatch(batches);
    }

    // True when the subscription has ended over it.
    private async Task<bool> DeliverAsync(
        DeliveredStream stream, DeliveredSubscription subscription, IBatchContainer batch)
    {
        try
        {
            var answer = await RetryAsync(
                () => SendAsync(stream, subscription, batch), parts.Options.MaxEventDeliveryTime);
            if (answer is not null && !subscription.HasEnded)
                GoOnAt(stream, subscription, answer, batch);
            return subscription.HasEnded;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            parts.Log.LogError(
                exception, "An event of {Stream} is given up for {Subscription}", stream.Id, subscription.Id);
            subscription.Cursor?.RecordDeliveryFailure();
            return await FailAsync(stream, subscription, exception, batch);
        }
        catch (Exception exception)
        {
            parts.Log.LogDebug(exception, "Delivery to {Subscription} ends with its agent", subscription.Id);
            return true;
        }
    }

    private async Task<StreamHandshakeToken?> SendAsync(
        DeliveredStream stream, DeliveredSubscription subscription, IBatchContainer batch)
    {
        if (subscription.HasEnded)
            return null;
        Task<StreamHandshakeToken?> sent;
        var hasContext = batch.ImportRequestContext();
        try
        {
            sent = subscription.Consumer.DeliverBatch(
                subscription.Id, parts.Provider.Name, stream.Id, batch, subscription.LastToken);
        }
        finally
        {
            if (hasContext)
                RequestContext.Clear();
        }

        try
        {
            var answer = await sent;
            subscription.LastToken = StreamHandshakeToken.Delivered(batch.SequenceToken);
            return answer;
        }
        catch (GrainExtensionNotInstalledException)
        {
            // The grain was activated by this event and did not resume: nobody listens, as after an end.
            parts.Log.LogWarning("An event of {Stream} is dropped: its subscriber did not resume", stream.Id);
            return null;
        }
    }

    private static async Task<StreamHandshakeToken?> AskTokenAsync(DeliveredSubscription subscription)
    {
        try
        {
            return await subscription.Consumer.GetSequenceToken(subscription.Id);
        }
        catch (GrainExtensionNotInstalledException)
        {
            return null;
        }
    }

    private void GoOnAt(
        DeliveredStream stream, DeliveredSubscription subscription, StreamHandshakeToken answer, IBatchContainer batch)
    {
        subscription.LastToken = answer;
        try
        {
            var cursor = parts.Cache.GetCacheCursor(stream.Id, answer.Token);
            if (!answer.IsStart)
                cursor.MoveNext();
            subscription.MoveTo(cursor);
        }
        catch (QueueCacheMissException)
        {
            subscription.MoveTo(parts.Cache.GetCacheCursor(stream.Id, batch.SequenceToken));
        }
    }

    // A place that is no longer held gives way to the event that began it all, or to what comes from now on.
    private IQueueCacheCursor CursorAt(StreamId streamId, StreamSequenceToken? wanted, StreamSequenceToken? first)
    {
        try
        {
            return parts.Cache.GetCacheCursor(streamId, wanted);
        }
        catch (QueueCacheMissException) when (wanted is not null)
        {
            return parts.Cache.GetCacheCursor(streamId, first);
        }
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> attempt, TimeSpan patience)
    {
        var started = parts.Time.GetTimestamp();
        for (var attempts = 0; ; attempts++)
        {
            try
            {
                return await attempt();
            }
            catch (Exception exception) when (exception is not ClientNotAvailableException
                && !stopping.IsCancellationRequested
                && (patience == Timeout.InfiniteTimeSpan || parts.Time.GetElapsedTime(started) < patience))
            {
                parts.Log.LogWarning(exception, "Attempt {Attempt} of queue {Queue} failed", attempts + 1, parts.Queue);
            }

            await Task.Delay(parts.DeliveryBackoff.Next(attempts), parts.Time, stopping);
        }
    }

    // Says what became of a failure; true when the subscription has ended over it.
    private async Task<bool> FailAsync(
        DeliveredStream stream, DeliveredSubscription subscription, Exception exception, IBatchContainer? batch)
    {
        var id = GuidId.GetGuidId(subscription.Id);
        if (exception is ClientNotAvailableException)
        {
            parts.Log.LogWarning("The subscriber {Subscription} of {Stream} is gone", subscription.Id, stream.Id);
            stream.Remove(subscription.Id);
            await QuietlyAsync(
                () => parts.Provider.PubSub.For(stream.Id).UnregisterConsumer(stream.Id, subscription.Id));
            return true;
        }

        Exception error = batch is null
            ? exception
            : new StreamEventDeliveryFailureException(parts.Provider.Name, stream.Id);
        await QuietlyAsync(() => subscription.Consumer.ErrorInStream(subscription.Id, error));
        await QuietlyAsync(() => batch is null
            ? parts.Failures.OnSubscriptionFailure(id, parts.Provider.Name, stream.Id, subscription.LastToken?.Token)
            : parts.Failures.OnDeliveryFailure(id, parts.Provider.Name, stream.Id, batch.SequenceToken));
        if (!parts.Failures.ShouldFaultSubsriptionOnError)
            return false;
        var fault = new FaultedSubscriptionException(id, stream.Id.ToString());
        await QuietlyAsync(() => subscription.Consumer.ErrorInStream(subscription.Id, fault));
        await QuietlyAsync(() => parts.Provider.PubSub.For(stream.Id).FaultSubscription(subscription.Id));
        stream.Remove(subscription.Id);
        return true;
    }

    private async Task QuietlyAsync(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception exception)
        {
            parts.Log.LogWarning(exception, "Queue {Queue} could not tell of a failure", parts.Queue);
        }
    }
}
