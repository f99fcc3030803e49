using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Copying;

/// <summary>
/// Copies exceptions: type, message, inner exceptions, HResult, data and stack trace arrive; further members only
/// through their ids.
/// </summary>
internal sealed class ExceptionCopier<T>(IReadOnlyList<ShapeMember> members) : Copier<T>
    where T : Exception
{
    private readonly MemberwiseBytes _bytes = new(members);
    private readonly Func<IServiceProvider?, T> _create = InstanceMaker.For<T>();
    private static readonly Copier<Exception?[]> s_inner =
        (Copier<Exception?[]>)CopierTable.Shared.Exact(typeof(Exception[]));
    private static readonly Copier<object?[]> s_data = (Copier<object?[]>)CopierTable.Shared.Exact(typeof(object[]));
    private Action<T, T, CopyContext>? _copyMembers;

    public override void Bind(CopierTable table)
    {
        _bytes.Bind(table);
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
            : ExceptionParts.Fill(_create(context.Services), value.Message, inner);
        copy.HResult = value.HResult;
        foreach (DictionaryEntry entry in value.Data)
            copy.Data[context.Table.Copy(entry.Key, context)!] = context.Table.Copy(entry.Value, context);
        if (value.StackTrace is { } trace)
            ExceptionDispatchInfo.SetRemoteStackTrace(copy, trace);
        _copyMembers?.Invoke(value, copy, context);
        return copy;
    }

    public override void Write(T value, ValueWriter writer)
    {
        writer.Byte(value is null ? (byte)0 : (byte)1);
        if (value is null)
            return;
        writer.Text(ExceptionParts.MessageOf(value));
        writer.Text(value.StackTrace);
        writer.Int32(value.HResult);
        var inner = value is AggregateException aggregate
            ? [.. aggregate.InnerExceptions]
            : new[] { value.InnerException };
        s_inner.Write(inner, writer);
        s_data.Write(value.Data.Cast<DictionaryEntry>().SelectMany(e => new[] { e.Key, e.Value }).ToArray(), writer);
        _bytes.Write(value, writer);
    }

    public override T Read(ValueReader reader)
    {
        if (reader.Byte() == 0)
            return null!;
        var message = reader.Text();
        var trace = reader.Text();
        var hResult = reader.Int32();
        var inner = s_inner.Read(reader);
        var copy = typeof(T) == typeof(AggregateException)
            ? (T)(Exception)new AggregateException(message, inner.OfType<Exception>())
            : ExceptionParts.Fill(_create(reader.Services), message, inner[0]);
        copy.HResult = hResult;
        var data = s_data.Read(reader);
        for (var i = 0; i + 1 < data.Length; i += 2)
            copy.Data[data[i]!] = data[i + 1];
        if (trace is not null)
            ExceptionDispatchInfo.SetRemoteStackTrace(copy, trace);
        _bytes.Read(copy, reader);
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
    public static T Fill<T>(T exception, string? message, Exception? inner)
        where T : Exception
    {
        Message(exception) = message;
        Inner(exception) = inner;
        return exception;
    }

    /// <summary>The text to carry: without what an aggregate adds of its inner exceptions.</summary>
    public static string? MessageOf(Exception value) => value is AggregateException ? Message(value) : value.Message;

    /// <summary>A copy with all inner exceptions.</summary>
    public static AggregateException CopyAggregate(AggregateException value, CopyContext context) =>
        new(Message(value), value.InnerExceptions.Select(e => CopyInner(e, context)!));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? Message(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? Inner(Exception exception);
}
