using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Copying;

/// <summary>
/// Copies exceptions of every type: type, message, inner exceptions, HResult, data and stack trace arrive; further members
/// only through their ids.
/// </summary>
internal sealed class ExceptionCopier<T>(IReadOnlyList<ShapeMember> members) : Copier<T>
    where T : Exception
{
    private readonly Func<CopyContext, T> _create = InstanceMaker.For<T>();
    private Action<T, T, CopyContext>? _copyMembers;

    public override void Bind(CopierTable table)
    {
        if (members.Count > 0)
            _copyMembers = MemberwiseCode.Compile<Action<T, T, CopyContext>>(typeof(T), members, table);
    }

    public override T Copy(T value, CopyContext context)
    {
        if (value is null)
            return null!;
        var inner = ExceptionParts.CopyInner(value.InnerException, context);
        var copy = value is AggregateException aggregate && typeof(T) == typeof(AggregateException)
            ? (T)(Exception)ExceptionParts.CopyAggregate(aggregate, context)
            : ExceptionParts.Fill(_create(context), value.Message, inner);
        copy.HResult = value.HResult;
        foreach (DictionaryEntry entry in value.Data)
            copy.Data[context.Table.Copy(entry.Key, context)!] = context.Table.Copy(entry.Value, context);
        if (value.StackTrace is { } trace)
            ExceptionDispatchInfo.SetRemoteStackTrace(copy, trace);
        _copyMembers?.Invoke(value, copy, context);
        return copy;
    }
}

/// <summary>The parts of an exception that have no public setter.</summary>
internal static class ExceptionParts
{
    /// <summary>A copy of an inner exception.</summary>
    public static Exception? CopyInner(Exception? inner, CopyContext context) =>
        inner is null ? null : (Exception)context.Table.Exact(inner.GetType()).CopyObject(inner, context);

    /// <summary>Sets message and inner exception of a fresh instance.</summary>
    public static T Fill<T>(T exception, string message, Exception? inner)
        where T : Exception
    {
        Message(exception) = message;
        Inner(exception) = inner;
        return exception;
    }

    /// <summary>A copy with all inner exceptions.</summary>
    public static AggregateException CopyAggregate(AggregateException value, CopyContext context) =>
        new(Message(value), value.InnerExceptions.Select(e => CopyInner(e, context)!));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? Message(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? Inner(Exception exception);
}
