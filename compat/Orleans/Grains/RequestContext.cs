namespace Orleans.Runtime;

/// <summary>Values that travel with every call made from this flow of execution. Changes never travel back.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<Dictionary<string, object>?> Local = new();

    /// <summary>The names set.</summary>
    public static IEnumerable<string> Keys => Local.Value?.Keys ?? Enumerable.Empty<string>();

    /// <summary>The names and values set.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Local.Value ?? [];

    /// <summary>The value of this name, or null.</summary>
    public static object? Get(string key) => Local.Value?.GetValueOrDefault(key);

    /// <summary>Sets a value for this flow and the calls it makes from now on.</summary>
    public static void Set(string key, object value)
    {
        // A new dictionary each time: flows that branched off before, and messages under way, keep the one they have.
        var values = Local.Value is { } old ? new Dictionary<string, object>(old) : [];
        values[key] = value;
        Local.Value = values;
    }

    /// <summary>Removes a value; tells whether there was one.</summary>
    public static bool Remove(string key)
    {
        if (Local.Value is not { } old || !old.ContainsKey(key))
            return false;
        var values = new Dictionary<string, object>(old);
        values.Remove(key);
        Local.Value = values.Count == 0 ? null : values;
        return true;
    }

    /// <summary>Removes every value.</summary>
    public static void Clear() => Local.Value = null;

    /// <summary>What a message takes along; never changed once it is set.</summary>
    internal static Dictionary<string, object>? Current
    {
        get => Local.Value;
        set
        {
            if (!ReferenceEquals(Local.Value, value))
                Local.Value = value;
        }
    }
}
