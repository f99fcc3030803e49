using System.Reflection;

namespace Orleans.Runtime;

/// <summary>
/// What a grain method returns, on both sides: how the caller's promise is made and how the callee's is awaited. The
/// generic ones are made once per method, so no call uses reflection.
/// </summary>
internal abstract class ReturnShape
{
    /// <summary>What a one-way call returns at once.</summary>
    public abstract object? Completed { get; }

    public abstract PendingCall NewCall(Message request);

    /// <summary>The object that the proxy returns for this call.</summary>
    public abstract object AsReturned(PendingCall call);

    /// <summary>The result of what the grain method returned, null for none.</summary>
    public abstract ValueTask<object?> Await(object? returned);

    public static ReturnShape Of(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(void) || type == typeof(Task))
            return TaskShape.Instance;
        if (type == typeof(ValueTask))
            return ValueTaskShape.Instance;
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        var shape = definition == typeof(Task<>) ? typeof(TaskShape<>)
            : definition == typeof(ValueTask<>) ? typeof(ValueTaskShape<>)
            : throw new NotSupportedException(
                $"{method.DeclaringType}.{method.Name} must return Task, Task<T>, ValueTask or ValueTask<T>.");
        return (ReturnShape)Activator.CreateInstance(shape.MakeGenericType(type.GetGenericArguments()))!;
    }

    private class TaskShape : ReturnShape
    {
        public static readonly TaskShape Instance = new();

        public override object? Completed => Task.CompletedTask;

        public override PendingCall NewCall(Message request) => new PendingCall<object?>(request);

        public override object AsReturned(PendingCall call) => ((PendingCall<object?>)call).Task;

        public override ValueTask<object?> Await(object? returned) =>
            returned is not Task task || task.IsCompletedSuccessfully ? default : Finish(task);

        private static async ValueTask<object?> Finish(Task task)
        {
            await task;
            return null;
        }
    }

    private sealed class ValueTaskShape : TaskShape
    {
        public new static readonly ValueTaskShape Instance = new();

        public override object? Completed => ValueTask.CompletedTask;

        public override object AsReturned(PendingCall call) => new ValueTask(((PendingCall<object?>)call).Task);

        public override ValueTask<object?> Await(object? returned) => base.Await(((ValueTask)returned!).AsTask());
    }

    private class TaskShape<T> : ReturnShape
    {
        public override object? Completed => Task.FromResult(default(T));

        public override PendingCall NewCall(Message request) => new PendingCall<T>(request);

        public override object AsReturned(PendingCall call) => ((PendingCall<T>)call).Task;

        public override ValueTask<object?> Await(object? returned)
        {
            var task = (Task<T>?)returned
                ?? throw new InvalidOperationException("A grain method returned null for a task.");
            return task.IsCompletedSuccessfully ? new(task.Result) : Finish(task);
        }

        private static async ValueTask<object?> Finish(Task<T> task) => await task;
    }

    private sealed class ValueTaskShape<T> : TaskShape<T>
    {
        public override object? Completed => new ValueTask<T>(default(T)!);

        public override object AsReturned(PendingCall call) => new ValueTask<T>(((PendingCall<T>)call).Task);

        public override ValueTask<object?> Await(object? returned) => base.Await(((ValueTask<T>)returned!).AsTask());
    }
}
