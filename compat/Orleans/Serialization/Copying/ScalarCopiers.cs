using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Orleans.Serialization.Copying;

/// <summary>Shares values that cannot change, and writes them as a whole.</summary>
internal sealed class ScalarCopier<T>(Action<ValueWriter, T> write, Func<ValueReader, T> read) : Copier<T>
{
    public override bool IsShallow => true;

    public override T Copy(T value, CopyContext context) => value;

    public override object CopyObject(object value, CopyContext context) => value;

    public override void Write(T value, ValueWriter writer) => write(writer, value);

    public override T Read(ValueReader reader) => read(reader);
}

/// <summary>The types that are one value each.</summary>
internal static class ScalarCopiers
{
    private static readonly Dictionary<Type, Copier> s_known = new()
    {
        [typeof(string)] = new ScalarCopier<string>((w, v) => w.Text(v), r => r.Text()!),
        [typeof(DateTime)] =
            new ScalarCopier<DateTime>((w, v) => w.Int64(v.ToBinary()), r => DateTime.FromBinary(r.Int64())),
        [typeof(Uri)] = OfText(v => v.OriginalString, t => new Uri(t, UriKind.RelativeOrAbsolute)),
        [typeof(Version)] = OfText(v => v.ToString(), Version.Parse),
        [typeof(IPAddress)] = OfText(v => v.ToString(), IPAddress.Parse),
        [typeof(IPEndPoint)] = OfText(v => v.ToString(), IPEndPoint.Parse),
        [typeof(CultureInfo)] = OfText(v => v.Name, CultureInfo.GetCultureInfo),
        [typeof(CompareInfo)] = OfText(v => v.Name, CompareInfo.GetCompareInfo),
        [typeof(BigInteger)] =
            new ScalarCopier<BigInteger>((w, v) => w.Bytes(v.ToByteArray()), r => new BigInteger(r.Bytes())),
        [typeof(CancellationToken)] = new ScalarCopier<CancellationToken>((_, _) => { }, _ => CancellationToken.None),
        [typeof(object)] = new ScalarCopier<object>((_, _) => { }, _ => new object()),
        [typeof(Type)] = new ScalarCopier<Type>((w, v) => w.Type(v), r => r.Type()),
        [typeof(bool)] = OfMemory<bool>(),
        [typeof(char)] = OfMemory<char>(),
        [typeof(byte)] = OfMemory<byte>(),
        [typeof(sbyte)] = OfMemory<sbyte>(),
        [typeof(short)] = OfMemory<short>(),
        [typeof(ushort)] = OfMemory<ushort>(),
        [typeof(int)] = OfMemory<int>(),
        [typeof(uint)] = OfMemory<uint>(),
        [typeof(long)] = OfMemory<long>(),
        [typeof(ulong)] = OfMemory<ulong>(),
        [typeof(nint)] = OfMemory<nint>(),
        [typeof(nuint)] = OfMemory<nuint>(),
        [typeof(float)] = OfMemory<float>(),
        [typeof(double)] = OfMemory<double>(),
        [typeof(Half)] = OfMemory<Half>(),
        [typeof(decimal)] = OfMemory<decimal>(),
        [typeof(Int128)] = OfMemory<Int128>(),
        [typeof(UInt128)] = OfMemory<UInt128>(),
        [typeof(Guid)] = OfMemory<Guid>(),
        [typeof(TimeSpan)] = OfMemory<TimeSpan>(),
        [typeof(DateOnly)] = OfMemory<DateOnly>(),
        [typeof(TimeOnly)] = OfMemory<TimeOnly>(),
        [typeof(DateTimeOffset)] = new ScalarCopier<DateTimeOffset>(
            (w, v) =>
            {
                w.Int64(v.Ticks);
                w.Int64(v.Offset.Ticks);
            },
            r => new DateTimeOffset(r.Int64(), new TimeSpan(r.Int64()))),
        [typeof(Rune)] = OfMemory<Rune>(),
        [typeof(BitVector32)] = OfMemory<BitVector32>(),
    };

    /// <summary>Whether members of this declared type are shared, although something might derive from it.</summary>
    public static bool Contains(Type type) => s_known.ContainsKey(type) && type != typeof(object);

    /// <summary>The copier of a type that is one value, or null.</summary>
    public static Copier? TryMake(Type type)
    {
        if (s_known.TryGetValue(type, out var known))
            return known;
        if (type.IsEnum)
            return (Copier)typeof(ScalarCopiers).GetMethod(nameof(OfMemory), 1,
                System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static, [])!
                .MakeGenericMethod(type).Invoke(null, null)!;
        return type.IsAssignableTo(typeof(Type)) ? s_known[typeof(Type)] : null;
    }

    private static ScalarCopier<T> OfText<T>(Func<T, string> format, Func<string, T> parse)
        where T : class =>
        new((w, v) => w.Text(v is null ? null : format(v)), r => r.Text() is { } text ? parse(text) : null!);

    private static ScalarCopier<T> OfMemory<T>()
        where T : unmanaged =>
        new(
            (w, v) => w.Raw(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in v))),
            r => MemoryMarshal.Read<T>(r.Raw(Unsafe.SizeOf<T>())));
}
