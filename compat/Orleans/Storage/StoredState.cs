using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>
/// The state of one activation in one storage. Operations run one after the other; writes that wait join into one.
/// </summary>
internal sealed class StoredState<TState>(string name, IGrainContext context, IGrainStorage store)
    : IPersistentState<TState>, ILifecycleObserver, IGrainMigrationParticipant
{
    private GrainState<TState>? _state;
    private bool _isInitialized;
    private Operation? _last;

    private enum OperationKind
    {
        Read,
        Write,
        Clear,
    }

    public TState State
    {
        get
        {
            CheckContext();
            return _state is null ? default! : _state.State!;
        }

        set
        {
            CheckContext();
            Current.State = value;
        }
    }

    public string? Etag => _state?.ETag;

    public bool RecordExists =>
        _isInitialized ? Current.RecordExists : throw new InvalidOperationException("State has not yet been loaded");

    private GrainState<TState> Current => _state ??= new GrainState<TState>(FreshState.Make<TState>());

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => Enqueue(OperationKind.Read, cancellationToken);

    public Task WriteStateAsync(CancellationToken cancellationToken) => Enqueue(OperationKind.Write, cancellationToken);

    public Task ClearStateAsync(CancellationToken cancellationToken) => Enqueue(OperationKind.Clear, cancellationToken);

    /// <summary>Reads the state when the grain activates, unless it came along from another silo.</summary>
    public Task OnStart(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested || _isInitialized
            ? Task.CompletedTask
            : ReadStateAsync(CancellationToken.None);

    public Task OnStop(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_state is not null)
            dehydrationContext.TryAddValue($"state.{name}", _state);
    }

    public void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        if (!rehydrationContext.TryGetValue<GrainState<TState>>($"state.{name}", out var state) || state is null)
            return;
        _state = state;
        _isInitialized = true;
    }

    private static void CheckContext()
    {
        if (RuntimeContext.Current is null)
            throw new InvalidOperationException(
                "Activation access violation. A non-activation thread attempted to access activation services.");
    }

    private Task Enqueue(OperationKind kind, CancellationToken cancellationToken)
    {
        CheckContext();
        var joins = kind != OperationKind.Read && !cancellationToken.CanBeCanceled
            && _last is { Started: false, Joinable: true } last && last.Kind == kind;
        if (joins)
            return _last!.Completion!;
        var operation = new Operation(kind, !cancellationToken.CanBeCanceled);
        var before = _last?.Completion;
        _last = operation;
        return operation.Completion = RunAsync(operation, before, cancellationToken);
    }

    private async Task RunAsync(Operation operation, Task? before, CancellationToken cancellationToken)
    {
        if (before is not null)
            await before.ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        operation.Started = true;
        try
        {
            await CallStoreAsync(operation.Kind, cancellationToken);
        }
        finally
        {
            if (ReferenceEquals(_last, operation))
                _last = null;
        }
    }

    private async Task CallStoreAsync(OperationKind kind, CancellationToken cancellationToken)
    {
        try
        {
            var call = kind switch
            {
                OperationKind.Read => store.ReadStateAsync(name, context.GrainId, Current, cancellationToken),
                OperationKind.Write => store.WriteStateAsync(name, context.GrainId, Current, cancellationToken),
                _ => store.ClearStateAsync(name, context.GrainId, Current, cancellationToken),
            };
            await call;
            _isInitialized |= kind == OperationKind.Read;
        }
        catch (Exception exception) when (exception is not (OrleansException or OperationCanceledException))
        {
            throw new OrleansException(
                $"Error from storage provider {store.GetType().Name}.{name} during {kind}StateAsync for grain"
                + $" {context.GrainId}{Environment.NewLine} {exception}",
                exception);
        }
    }

    private sealed class Operation(OperationKind kind, bool joinable)
    {
        public OperationKind Kind { get; } = kind;

        public bool Joinable { get; } = joinable;

        public bool Started { get; set; }

        public Task? Completion { get; set; }
    }
}

/// <summary>Makes the state of a grain that has stored nothing yet.</summary>
internal static class FreshState
{
    /// <summary>An instance by the constructor without parameters, or without any constructor.</summary>
    public static T Make<T>()
    {
        var type = typeof(T);
        if (type.IsValueType)
            return default!;
        if (type == typeof(string) || type.IsAbstract || type.IsArray)
            return default!;
        var constructor = type.GetConstructor(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes);
        return (T)(constructor?.Invoke(null) ?? RuntimeHelpers.GetUninitializedObject(type));
    }
}
