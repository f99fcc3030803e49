namespace Orleans.Runtime;

/// <summary>What services keep beside one activation, one object per type.</summary>
internal sealed class ActivationComponents
{
    private readonly Dictionary<Type, object> components = [];

    public object? Find(Type type)
    {
        lock (components)
            return components.GetValueOrDefault(type);
    }

    public void Set(Type type, object? value)
    {
        lock (components)
        {
            if (value is null)
                components.Remove(type);
            else
                components[type] = value;
        }
    }
}
