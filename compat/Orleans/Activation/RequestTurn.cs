using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>One request from its first turn to its answer, on the activation's scheduler.</summary>
internal static class RequestTurn
{
    // An async method, so that changes to the request context and other async locals end with it.
    public static async Task RunAsync(Activation activation, Message message)
    {
        object? result = null;
        Exception? failure = null;
        try
        {
            RequestContext.Current = message.RequestContext;
            if (message.LocalTurn is { } turn)
                await turn.RunAsync();
            else
                result = message.Method!.ReplaceGrainByReference(await Invoke(activation, message));
        }
        catch (Exception exception)
        {
            failure = exception;
            GiveUpStaleState(activation, exception);
        }

        try
        {
            Respond(activation.Silo, message, result, failure);
        }
        finally
        {
            activation.Finish(message);
        }
    }

    private static ValueTask<object?> Invoke(Activation activation, Message message)
    {
        var method = message.Method!;
        var target = method.IsExtension ? FindExtension(activation, method) : activation.GrainInstance!;
        return method.Returns.Await(method.Invoke(target, message.Arguments));
    }

    private static object FindExtension(Activation activation, GrainMethod method) =>
        activation.FindExtension(method.Interface) ?? throw new GrainExtensionNotInstalledException(
            $"No extension of type {method.Interface} is installed on grain {activation.GrainId}.");

    // The activation's state is not the stored one any more; only a new activation can read it again.
    private static void GiveUpStaleState(Activation activation, Exception exception)
    {
        if (exception is not InconsistentStateException { IsSourceActivation: true } stale)
            return;
        stale.IsSourceActivation = false;
        activation.Deactivate(new(DeactivationReasonCode.ApplicationError, exception, "The stored state has changed."));
    }

    private static void Respond(SiloRuntime silo, Message message, object? result, Exception? failure)
    {
        if (message.ReplyTo is null)
        {
            if (failure is not null)
                silo.Log.LogWarning(failure, "Nobody waits for the failure of {Message}", message);
            return;
        }

        if (silo.IsDead)
            return;
        silo.Caller.Respond(message, result, failure);
    }
}
