using System.Management.Automation;
using System.Xml.Linq;
using ArgoBootstrap.HelpBuilder;

if (args is not [string manifest, string pagesFolder, string helpFile])
{
    Console.Error.WriteLine("Usage: ArgoBootstrap.HelpBuilder <manifest.psd1> <folder of pages> <help file to write>");
    return 64;
}

List<string> mistakes = [];
List<XElement> commands = [];
foreach (CmdletInfo cmdlet in ModuleCmdlets.Of(manifest))
{
    string path = Path.Combine(pagesFolder, cmdlet.Name + ".md");
    if (!File.Exists(path))
    {
        mistakes.Add($"{path}(1,1): error HELP001: {cmdlet.Name} has no page.");
        continue;
    }

    CommandPage page = CommandPageReader.Read(path, File.ReadAllLines(path));
    mistakes.AddRange(PageCheck.Mistakes(page, cmdlet));
    commands.Add(MamlCommand.Write(page, cmdlet));
}

// In the form of compiler errors, so that the build shows them as such.
mistakes.ForEach(Console.Error.WriteLine);
if (mistakes.Count > 0)
{
    return 1;
}

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(helpFile))!);
Maml.Document(commands).Save(helpFile);
return 0;
