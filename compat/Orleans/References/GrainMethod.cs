using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>One method of a grain interface with everything that calls of it need, worked out once.</summary>
internal sealed class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Known = new();
    private readonly MethodInvoker invoker;
    private readonly (int Position, Type Type)[] addressables;
    private readonly Type? resultInterface;

    private GrainMethod(MethodInfo method)
    {
        Interface = method.DeclaringType!;
        Name = method.Name;
        invoker = MethodInvoker.Create(method);
        Returns = ReturnShape.Of(method);
        IsOneWay = method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void);
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        IsAlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsExtension = typeof(IGrainExtension).IsAssignableFrom(Interface);
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        var parameters = method.GetParameters();
        CancellationIndex = Array.FindIndex(parameters, p => p.ParameterType == typeof(CancellationToken));
        resultInterface = method.ReturnType.GetGenericArguments().FirstOrDefault(IsGrainInterface);
        addressables = [.. parameters.Where(p => IsGrainInterface(p.ParameterType)).Select(p => (p.Position, p.ParameterType))];
    }

    public Type Interface { get; }

    public string Name { get; }

    public ReturnShape Returns { get; }

    public bool IsOneWay { get; }

    public bool IsReadOnly { get; }

    public bool IsAlwaysInterleave { get; }

    public bool IsExtension { get; }

    public TimeSpan? ResponseTimeout { get; }

    /// <summary>Which argument is the cancellation token, or -1.</summary>
    public int CancellationIndex { get; }

    public static GrainMethod Of(MethodInfo method) =>
        Known.TryGetValue(method, out var known) ? known : Known.GetOrAdd(method, m => new GrainMethod(m));

    /// <summary>Begins the call on the callee; what comes back goes to <see cref="ReturnShape.Await"/>.</summary>
    public object? Invoke(object target, object?[] arguments) => invoker.Invoke(target, arguments.AsSpan());

    /// <summary>A grain that passes itself passes a reference of the kind that the parameter asks for.</summary>
    public void ReplaceGrainsByReferences(object?[] arguments)
    {
        foreach (var (position, type) in addressables)
        {
            if (arguments[position] is IGrainBase and IAddressable)
                arguments[position] = ((IAddressable)arguments[position]!).AsReference(type);
        }
    }

    /// <summary>A grain that returns itself returns a reference of the kind that the method promises.</summary>
    public object? ReplaceGrainByReference(object? result) =>
        resultInterface is not null && result is IGrainBase and IAddressable
            ? ((IAddressable)result).AsReference(resultInterface)
            : result;

    public override string ToString() => $"{Interface.FullName}.{Name}";

    private static bool IsGrainInterface(Type type) =>
        type.IsInterface && typeof(IAddressable).IsAssignableFrom(type);
}
