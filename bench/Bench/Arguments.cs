using System.Globalization;

namespace AgenticOS.Bench;

/// <summary>A verb's arguments: words in order, and <c>--name value</c> pairs.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _named = [];
    private readonly List<string> _words = [];

    private Arguments()
    {
    }

    internal static Arguments Parse(string[] args)
    {
        var parsed = new Arguments();
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                parsed._words.Add(args[i]);
            else if (i + 1 < args.Length)
                parsed._named[args[i][2..]] = args[++i];
            else
                throw new ArgumentException($"{args[i]} wants a value.");
        }

        return parsed;
    }

    internal string Word(int index, string usage) =>
        index < _words.Count ? _words[index] : throw new ArgumentException($"bench {usage}");

    internal string Text(string name, string otherwise) => _named.GetValueOrDefault(name, otherwise);

    internal int Number(string name, int otherwise) =>
        _named.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    internal IReadOnlyList<int> Numbers(string name, string otherwise) =>
        [.. Text(name, otherwise).Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
}
