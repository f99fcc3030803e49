using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Serialization.Copying;

/// <summary>Copies the members of a class instance one by one; shares it when it promises never to change.</summary>
internal sealed class ClassCopier<T>(IReadOnlyList<ShapeMember> members, Sharing sharing, bool tracksReferences)
    : ReferenceCopier<T>
    where T : class
{
    private readonly Func<IServiceProvider?, T> _create = InstanceMaker.For<T>();
    private readonly MemberwiseBytes _bytes = new(members);
    private Action<T, T, CopyContext>? _copyMembers;
    private bool _isShallow = sharing == Sharing.Always;

    public override bool IsShallow => _isShallow;

    protected override bool TracksReferences => tracksReferences;

    public override void Bind(CopierTable table)
    {
        _bytes.Bind(table);
        _isShallow |= sharing == Sharing.WhenPartsAre && members.All(m => MemberwiseCode.IsShared(m, table));
        if (!_isShallow)
            _copyMembers = MemberwiseCode.Compile<Action<T, T, CopyContext>>(typeof(T), members, table);
    }

    protected override T CopyNew(T value, CopyContext context)
    {
        var copy = _create(context.Services);
        if (tracksReferences)
            context.RecordCopy(value, copy);
        _copyMembers!(value, copy, context);
        return copy;
    }

    protected override void WriteNew(T value, ValueWriter writer) => _bytes.Write(value, writer);

    protected override T ReadNew(ValueReader reader, int number)
    {
        var copy = _create(reader.Services);
        reader.Register(number, copy);
        _bytes.Read(copy, reader);
        return copy;
    }
}

/// <summary>When instances of a class are shared instead of copied.</summary>
internal enum Sharing
{
    /// <summary>They can change.</summary>
    Never,

    /// <summary>They cannot change, but what they hold may.</summary>
    WhenPartsAre,

    /// <summary>They promise that nothing about them changes.</summary>
    Always,
}

/// <summary>Copies the members of a struct; shares it when all of its fields travel and none can change.</summary>
internal sealed class StructCopier<T>(IReadOnlyList<ShapeMember> members, bool isImmutable) : Copier<T>
    where T : struct
{
    private delegate void CopyMembers(ref T from, ref T to, CopyContext context);

    private readonly MemberwiseBytes _bytes = new(members);
    private CopyMembers? _copyMembers;
    private bool _isShallow = isImmutable;

    public override bool IsShallow => _isShallow;

    public override void Bind(CopierTable table)
    {
        _bytes.Bind(table);
        var fields = TypeShape.AllFields(typeof(T)).Select(m => m.Place);
        _isShallow |= members.All(m => MemberwiseCode.IsShared(m, table))
            && fields.All(f => members.Any(m => m.Place.Equals(f)));
        _copyMembers = _isShallow ? null : MemberwiseCode.Compile<CopyMembers>(typeof(T), members, table);
    }

    public override T Copy(T value, CopyContext context)
    {
        if (_isShallow)
            return value;
        var copy = default(T);
        _copyMembers!(ref value, ref copy, context);
        return copy;
    }

    public override object CopyObject(object value, CopyContext context) =>
        _isShallow ? value : Copy((T)value, context);

    public override void Write(T value, ValueWriter writer) => _bytes.Write(value, writer);

    public override T Read(ValueReader reader)
    {
        object boxed = default(T);
        _bytes.Read(boxed, reader);
        return (T)boxed;
    }
}

/// <summary>
/// Makes empty instances as Orleans does: public constructor, activator constructor, or no constructor.
/// </summary>
internal static class InstanceMaker
{
    /// <summary>What makes instances of <typeparamref name="T"/>.</summary>
    public static Func<IServiceProvider?, T> For<T>()
        where T : class
    {
        var constructors =
            typeof(T).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (constructors.Any(c => c.IsDefined(typeof(GeneratedActivatorConstructorAttribute), false)))
            return services => ActivatorUtilities.CreateInstance<T>(services ?? NoServices.Instance);
        if (TypeShape.IsEmptyConstructable(typeof(T)) && !typeof(T).IsDefined(typeof(UseActivatorAttribute), false))
            return static _ => Activator.CreateInstance<T>();
        return static _ => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}

/// <summary>Emits the code that copies members; readonly and private fields are written directly.</summary>
internal static class MemberwiseCode
{
    /// <summary>Whether the member's value is shared between the original and the copy.</summary>
    public static bool IsShared(ShapeMember member, CopierTable table) =>
        member.IsImmutable || table.Declared(member.Type).IsShallow;

    /// <summary>A delegate (from, to, context) that sets the members of `to`.</summary>
    public static TDelegate Compile<TDelegate>(Type type, IReadOnlyList<ShapeMember> members, CopierTable table)
        where TDelegate : Delegate
    {
        var argument = type.IsValueType ? type.MakeByRefType() : type;
        var method = new DynamicMethod(
            "Copy_" + type.Name, null, [typeof(Copier[]), argument, argument, typeof(CopyContext)], type.Module, true);
        var il = method.GetILGenerator();
        var copiers = new List<Copier>();
        foreach (var member in members)
        {
            var copier = member.IsImmutable ? null : table.Declared(member.Type);
            Emit(il, member, copier is null || copier.IsShallow ? null : copier, copiers);
        }

        il.Emit(OpCodes.Ret);
        return (TDelegate)method.CreateDelegate(typeof(TDelegate), copiers.ToArray());
    }

    private static void Emit(ILGenerator il, ShapeMember member, Copier? copier, List<Copier> copiers)
    {
        il.Emit(OpCodes.Ldarg_2);
        if (copier is not null)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, copiers.Count);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Castclass, typeof(Copier<>).MakeGenericType(member.Type));
            copiers.Add(copier);
        }

        il.Emit(OpCodes.Ldarg_1);
        if (member.Place is FieldInfo read)
            il.Emit(OpCodes.Ldfld, read);
        else
            il.Emit(OpCodes.Call, ((PropertyInfo)member.Place).GetMethod!);
        if (copier is not null)
        {
            il.Emit(OpCodes.Ldarg_3);
            il.Emit(OpCodes.Callvirt, typeof(Copier<>).MakeGenericType(member.Type)
                .GetMethod(nameof(Copier<object>.Copy))!);
        }

        if (member.Place is FieldInfo written)
            il.Emit(OpCodes.Stfld, written);
        else
            il.Emit(OpCodes.Call, ((PropertyInfo)member.Place).SetMethod!);
    }
}
