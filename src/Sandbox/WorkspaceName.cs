using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AgenticOS.Sandbox;

/// <summary>Names of folders for names of agents. No two agents share one, whatever characters they use and also where
/// the file system does not tell capitals apart.</summary>
public static class WorkspaceName
{
    /// <summary>File systems allow 255 bytes; what would be longer is named by its digest.</summary>
    private const int Longest = 200;

    private const string DigestPrefix = "%sha256-";

    /// <summary>Small letters, digits, <c>-</c> and <c>_</c> stand for themselves, every other byte of the UTF-8 form
    /// is written <c>%xx</c>; so no name is <c>.</c> or <c>..</c> or has a separator. The prefix of a digest is nothing
    /// that this writing can yield.</summary>
    public static string Of(string agent)
    {
        var bytes = Encoding.UTF8.GetBytes(agent);
        var name = new StringBuilder();
        foreach (var value in bytes)
        {
            var letter = (char)value;
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_')
                name.Append(letter);
            else
                name.Append(CultureInfo.InvariantCulture, $"%{value:x2}");
        }

        if (name.Length > Longest)
            return DigestPrefix + Convert.ToHexStringLower(SHA256.HashData(bytes));
        return name.Length == 0 ? "%" : name.ToString();
    }
}
