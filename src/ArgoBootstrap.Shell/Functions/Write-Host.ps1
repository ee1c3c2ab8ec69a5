[CmdletBinding()]
param(
    [Parameter(Position = 0, ValueFromPipeline, ValueFromRemainingArguments)]
    [object] $Object,

    [switch] $NoNewline,

    [object] $Separator = ' ',

    [ConsoleColor] $ForegroundColor,

    [ConsoleColor] $BackgroundColor
)
process {
    $text = @($Object) -join $Separator
    if ($NoNewline) {
        $Host.UI.Write($text)
    }
    else {
        $Host.UI.WriteLine($text)
    }
}
