using AgenticOS.Gguf.Facts;

namespace AgenticOS.Gguf.Folders;

/// <summary>Makes models of files: parts of a split model come together, and ids stay unique.</summary>
internal static class ModelAssembly
{
    private const int NamedParts = 8;

    /// <summary>The models of these files, by id.</summary>
    public static IReadOnlyList<ModelFile> Assemble(IEnumerable<ScannedFile> files)
    {
        var models = files
            .Select(file => (Name: SplitName.Parse(WithoutExtension(file.Relative)), File: file))
            .GroupBy(entry => (entry.Name.Model, entry.Name.Parts))
            .OrderBy(group => group.Key.Model, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Parts)
            .SelectMany(group => group.Key.Parts == 1
                ? group.OrderBy(entry => entry.File.Relative, StringComparer.Ordinal)
                    .Select(entry => Whole(entry.Name.Model, entry.File))
                : [Split(group.Key.Model, group.Key.Parts, [.. group.OrderBy(entry => entry.Name.Part)])]);
        return Distinct(models);
    }

    private static string WithoutExtension(string relative) => relative[..relative.LastIndexOf('.')];

    private static ModelFile Whole(string id, ScannedFile file)
    {
        var fault = file.Reading.Fault;
        if (fault is null && file.Reading.Part is { Parts: > 1 } part)
            fault = new GgufFault.MissingParts([.. Others(part)], part.Parts);
        fault ??= Unloadable(file.Reading.Facts);
        return Model(id, [file], fault is null ? file.Reading.Facts : null, fault);
    }

    private static IEnumerable<int> Others(PartFacts part) =>
        Enumerable.Range(1, part.Parts).Where(number => number != part.Part).Take(NamedParts);

    private static ModelFile Split(string id, int parts, (SplitName Name, ScannedFile File)[] found)
    {
        var files = Array.ConvertAll(found, entry => entry.File);
        GgufFault? fault = files.Select(file => file.Reading.Fault).FirstOrDefault(known => known is not null)
            ?? (GgufFault?)Missing(found, parts)
            ?? Contradiction(found, parts);
        if (fault is not null)
            return Model(id, files, null, fault);
        var facts = Combine(files[0].Reading.Facts, files);
        fault = Unloadable(facts);
        return Model(id, files, fault is null ? facts : null, fault);
    }

    private static GgufFault.MissingParts? Missing((SplitName Name, ScannedFile File)[] found, int parts)
    {
        var present = found.Select(entry => entry.Name.Part);
        var missing = Enumerable.Range(1, parts).Except(present).Take(NamedParts).ToArray();
        return missing.Length > 0 ? new GgufFault.MissingParts(missing, parts) : null;
    }

    /// <summary>Each part's header must say what its name says.</summary>
    private static GgufFault.Malformed? Contradiction((SplitName Name, ScannedFile File)[] found, int parts)
    {
        foreach (var (name, file) in found)
        {
            if (file.Reading.Part is { } part && (part.Part != name.Part || part.Parts != parts))
            {
                return new GgufFault.Malformed(
                    $"{file.Relative} is part {part.Part} of {part.Parts} by its own header");
            }
        }

        return found.Length == parts ? null : new GgufFault.Malformed("a part of the model is there twice");
    }

    private static GgufFacts? Combine(GgufFacts? first, ScannedFile[] files)
    {
        if (first is null)
            return null;
        Int128 parameters = 0;
        long weightBytes = 0;
        foreach (var file in files)
        {
            parameters += file.Reading.Part?.Parameters ?? 0;
            weightBytes += file.Reading.Part?.WeightBytes ?? 0;
        }

        return first with
        {
            Parameters = (long)Int128.Min(parameters, long.MaxValue),
            WeightBytes = weightBytes,
            FileBytes = files.Sum(file => file.Bytes),
        };
    }

    private static GgufFault.Malformed? Unloadable(GgufFacts? facts) => facts switch
    {
        null => new GgufFault.Malformed("the first part has no metadata"),
        { Parameters: 0 } => new GgufFault.Malformed("it holds a vocabulary and no weights"),
        _ => null,
    };

    private static ModelFile Model(string id, ScannedFile[] files, GgufFacts? facts, GgufFault? fault) =>
        new(id, files[0].Path, Array.ConvertAll(files, file => file.Path), files.Sum(file => file.Bytes), facts, fault);

    /// <summary>Of several models with one id the first keeps it (a sound one before a broken one); the others are
    /// shown under their whole file name.</summary>
    private static List<ModelFile> Distinct(IEnumerable<ModelFile> models)
    {
        var distinct = new List<ModelFile>();
        foreach (var group in models.GroupBy(model => model.Id))
        {
            var ordered = group.OrderBy(model => model.Fault is null ? 0 : 1).ToArray();
            distinct.Add(ordered[0]);
            distinct.AddRange(ordered[1..].Select(model => Shadowed(model, ordered[0])));
        }

        distinct.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        return distinct;
    }

    private static ModelFile Shadowed(ModelFile model, ModelFile keeper) => model with
    {
        Id = model.Id + "/" + Path.GetFileName(model.Path),
        Facts = null,
        Fault = model.Fault ?? new GgufFault.Malformed($"{Path.GetFileName(keeper.Path)} has the same id"),
    };
}
