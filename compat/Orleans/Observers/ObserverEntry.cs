using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>One object that others may call: a queue of its calls and one loop that makes them in order.</summary>
internal sealed class ObserverEntry(GrainCaller caller, IGrainObserver observer, ILogger logger) : IMessageHolder
{
    private readonly WeakReference<object> target = new(observer);
    private readonly Queue<Message> waiting = new();
    private bool running;

    public void Receive(Message message)
    {
        message.TakenBy(this, caller);
        lock (waiting)
        {
            waiting.Enqueue(message);
            if (running)
                return;
            running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static entry => _ = entry.RunAsync(), this, preferLocal: false);
    }

    public void OnCancelled(Message message) =>
        ThreadPool.UnsafeQueueUserWorkItem(static m => m.Cancel(), message, preferLocal: false);

    private async Task RunAsync()
    {
        while (TryTake(out var message))
            await InvokeAsync(message);
    }

    private bool TryTake(out Message message)
    {
        lock (waiting)
            return running = waiting.TryDequeue(out message!);
    }

    private async Task InvokeAsync(Message message)
    {
        object? result = null;
        Exception? failure = null;
        try
        {
            RequestContext.Current = message.RequestContext;
            if (!target.TryGetTarget(out var callee))
            {
                logger.LogWarning("The object of {Message} was not kept by its owner and is gone", message);
                caller.Observers.Forget(message.TargetGrain);
                return;
            }

            var method = message.Method!;
            result = await method.Returns.Await(method.Invoke(callee, message.Arguments));
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        if (message.ReplyTo is not null)
            caller.Respond(message, result, failure);
        else if (failure is not null)
            logger.LogWarning(failure, "Nobody waits for the failure of {Message}", message);
    }
}
