using System.Globalization;

namespace ArgoBootstrap.TestSupport.Secrets;

/// <summary>Reads the arguments of this process's children and their children again and again, while it lives. Only where there is a /proc.</summary>
public sealed class ProcessArguments : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Action<string, string> _report;
    private readonly Task _work;

    /// <summary>Begins to read.</summary>
    /// <param name="report">Gets program and arguments of every new child.</param>
    public ProcessArguments(Action<string, string> report)
    {
        _report = report;
        _work = Directory.Exists("/proc/self") ? Task.Run(WorkAsync) : Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            Look();
            await Task.Delay(Pause, _stop.Token);
        }
    }

    private void Look()
    {
        var parents = new Dictionary<int, int>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Read($"/proc/{id}/stat") is { Length: > 0 } stat)
            {
                // pid (name) state parent: the name may hold spaces and brackets.
                string[] rest = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                parents[id] = rest.Length > 1 && int.TryParse(rest[1], NumberStyles.None, CultureInfo.InvariantCulture, out int parent) ? parent : 0;
            }
        }
        foreach (int id in parents.Keys.Where(i => IsDescendant(i, parents)))
        {
            string line = Read($"/proc/{id}/cmdline");
            if (line.Length > 0 && _seen.Add($"{id} {line}"))
            {
                _report(Path.GetFileName(line.Split('\0')[0]), line.Replace('\0', ' '));
            }
        }
    }

    private static bool IsDescendant(int id, Dictionary<int, int> parents)
    {
        for (int depth = 0; depth < 20 && parents.TryGetValue(id, out int parent); depth++, id = parent)
        {
            if (parent == Environment.ProcessId)
            {
                return true;
            }
        }
        return false;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return "";
        }
    }
}
