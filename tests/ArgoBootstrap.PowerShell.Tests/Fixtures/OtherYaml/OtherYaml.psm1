# Parses with its own version of YamlDotNet, and says which one that is.
function ConvertFrom-OtherYaml {
    param([string] $Text)

    $parser = [YamlDotNet.Core.Parser]::new([System.IO.StringReader]::new($Text))
    $values = while ($parser.MoveNext()) {
        if ($parser.Current -is [YamlDotNet.Core.Events.Scalar]) {
            $parser.Current.Value
        }
    }
    [pscustomobject]@{ Values = $values; Version = [YamlDotNet.Core.Parser].Assembly.GetName().Version.ToString() }
}
