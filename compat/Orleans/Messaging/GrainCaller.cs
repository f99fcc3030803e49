using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>
/// What a silo and a client have in common: they turn calls on references into messages and keep the promises until the
/// answers come.
/// </summary>
internal abstract class GrainCaller(MessagingOptions options, TimeProvider time, IMessageCopier copier) : IDisposable
{
    private GrainReferences? references;

    public GrainReferences References => references ??= new(this);

    public CallTable Calls { get; } = new(time, options.CancelRequestOnTimeout);

    public IMessageCopier Copier => copier;

    public MessagingOptions Options { get; } = options;

    /// <summary>The identity that calls from outside grains come from.</summary>
    public abstract GrainId ClientId { get; }

    /// <summary>The objects outside grains that others may call.</summary>
    public abstract ObserverTable Observers { get; }

    public object? Call(GrainReference target, GrainMethod method, object?[] arguments)
    {
        var token = TakeToken(method, arguments);
        if (token.IsCancellationRequested)
            return Cancelled(method, token);
        method.ReplaceGrainsByReferences(arguments);
        var references = copier.CopyInPlace(arguments);
        var message = new Message
        {
            TargetGrain = target.GrainId,
            SendingGrain = RuntimeContext.Current is { } sender ? sender.GrainId : ClientId,
            Method = method,
            Arguments = arguments,
            References = references,
            RequestContext = RequestContext.Current,
            ReplyTo = method.IsOneWay ? null : this,
        };
        if (method.IsOneWay)
        {
            Send(message);
            return method.Returns.Completed;
        }

        var call = method.Returns.NewCall(message);
        if (Calls.TryAdd(call, method.ResponseTimeout ?? Options.ResponseTimeout))
        {
            if (token.CanBeCanceled)
                call.Cancellation = token.UnsafeRegister(GiveUp, (this, call));
            Send(message);
        }

        return method.Returns.AsReturned(call);
    }

    /// <summary>Sends a request on its way; never throws, a failure goes to the promise.</summary>
    public abstract void Send(Message message);

    /// <summary>Answers a request with a copy of its result or of its failure.</summary>
    public void Respond(Message message, object? result, Exception? failure)
    {
        if (message.ReplyTo is null)
            return;
        try
        {
            if (failure is null)
                Bind(copier.CopyInPlace(new Span<object?>(ref result)), message.ReplyTo);
            else
                failure = CopyOf(failure);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        message.Respond(result, failure);
    }

    public virtual void Dispose() => Calls.Dispose();

    /// <summary>The references of a message send through this silo or client from now on.</summary>
    public static void Bind(List<GrainReference>? references, GrainCaller receiver)
    {
        if (references is null)
            return;
        foreach (var reference in references)
            reference.BindTo(receiver);
    }

    private Exception CopyOf(Exception failure)
    {
        object? copy = failure;
        copier.CopyInPlace(new Span<object?>(ref copy));
        return (Exception)copy!;
    }

    private static CancellationToken TakeToken(GrainMethod method, object?[] arguments)
    {
        if (method.CancellationIndex < 0)
            return default;
        var token = (CancellationToken)arguments[method.CancellationIndex]!;
        arguments[method.CancellationIndex] = null;
        return token;
    }

    private static object? Cancelled(GrainMethod method, CancellationToken token)
    {
        var call = method.Returns.NewCall(new Message { Method = method });
        call.Fail(new OperationCanceledException(token));
        return method.Returns.AsReturned(call);
    }

    private static void GiveUp(object? state, CancellationToken token)
    {
        var (caller, call) = ((GrainCaller, PendingCall))state!;
        if (caller.Options.WaitForCancellationAcknowledgement
            || caller.Calls.Fail(call.Request.Id, new OperationCanceledException(token)))
            call.Request.RequestCancellation();
    }
}
