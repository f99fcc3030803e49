using System.Reflection;

namespace Orleans.Serialization.Copying;

/// <summary>
/// Writes members under their ids, each with its length: a reader that does not know an id skips it, and a member that
/// is not there keeps what the constructor gave it.
/// </summary>
internal sealed class MemberwiseBytes(IReadOnlyList<ShapeMember> members)
{
    private readonly Dictionary<long, Part> _byKey = members.ToDictionary(m => m.Key, m => new Part(m));

    public void Bind(CopierTable table)
    {
        foreach (var part in _byKey.Values)
            part.Bind(table);
    }

    public void Write(object instance, ValueWriter writer)
    {
        writer.Count(_byKey.Count);
        foreach (var (key, part) in _byKey)
        {
            writer.Count(key);
            var begin = writer.BeginPart();
            part.Copier!.WriteAny(part.Get(instance), writer);
            writer.EndPart(begin);
        }
    }

    public void Read(object instance, ValueReader reader)
    {
        for (var left = reader.Length(); left > 0; left--)
        {
            var key = reader.Count();
            var end = reader.BeginPart();
            if (_byKey.TryGetValue(key, out var part))
                part.Set(instance, part.Copier!.ReadAny(reader));
            reader.SkipTo(end);
        }
    }

    private sealed class Part(ShapeMember member)
    {
        public Copier? Copier { get; private set; }

        public void Bind(CopierTable table) => Copier = table.Declared(member.Type);

        public object? Get(object instance) => member.Place is FieldInfo read
            ? read.GetValue(instance)
            : ((PropertyInfo)member.Place).GetValue(instance);

        public void Set(object instance, object? value)
        {
            if (member.Place is FieldInfo written)
                written.SetValue(instance, value);
            else
                ((PropertyInfo)member.Place).SetValue(instance, value);
        }
    }
}
