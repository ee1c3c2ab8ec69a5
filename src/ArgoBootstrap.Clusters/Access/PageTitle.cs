using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>Says what somebody else than an API server answered: a login page, a proxy's error.</summary>
internal static partial class PageTitle
{
    private const int Searched = 8192;

    /// <summary>Whether an answer is a page for people.</summary>
    public static bool IsPage(ApiResponse response) =>
        response.ContentType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase)
        || Encoding.UTF8.GetString(response.Body.Span[..Math.Min(response.Body.Length, 64)]).TrimStart().StartsWith('<');

    /// <summary>A page, by its title where it has one.</summary>
    public static string Describe(ApiResponse response)
    {
        if (!IsPage(response))
        {
            return response.ContentType.Length > 0 ? $"'{response.ContentType.Split(';')[0]}'" : "something that is not JSON";
        }
        string text = Encoding.UTF8.GetString(response.Body.Span[..Math.Min(response.Body.Length, Searched)]);
        string title = WebUtility.HtmlDecode(Title().Match(text).Groups[1].Value).ReplaceLineEndings(" ").Trim();
        return title.Length > 0 ? $"a web page ('{title}')" : "a web page";
    }

    [GeneratedRegex("<title[^>]*>([^<]{1,200})", RegexOptions.IgnoreCase)]
    private static partial Regex Title();
}
