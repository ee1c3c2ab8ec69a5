using System.Runtime.InteropServices;
using System.Text;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <content>Directives, anchors, aliases and tags.</content>
internal sealed partial class YamlScanner
{
    private const int LongestVersionNumber = 2;
    private const string DirectiveRemedy = "Remove the line; only `%YAML 1.1` and `%TAG` are understood.";
    private const string TagRemedy = "Correct the tag, or put the value in quotes if the `!` belongs to it.";

    private void ScanDirective()
    {
        Token token = Here();
        At++;
        string name = ReadWord();
        if (name.Length == 0 || !IsBlankOrEnd(At))
        {
            throw Error("A line begins with `%` and is not a directive.", token.Line, token.Column, "Put text that begins with `%` in quotes.");
        }
        switch (name)
        {
            case "YAML":
                SkipBlanks();
                token.Kind = TokenKind.VersionDirective;
                int major = ReadVersionNumber(token);
                if (Bytes[At] != '.')
                {
                    throw Error("The %YAML directive has no version.", token.Line, token.Column, DirectiveRemedy);
                }
                At++;
                token.Text = $"{major}.{ReadVersionNumber(token)}";
                break;
            case "TAG":
                SkipBlanks();
                token.Kind = TokenKind.TagDirective;
                token.Text = ReadTagHandle(directive: true, token);
                if (!IsBlank(At))
                {
                    throw Error("The %TAG directive has no prefix.", token.Line, token.Column, DirectiveRemedy);
                }
                SkipBlanks();
                token.Extra = ReadTagUri("", token);
                break;
            default:
                throw Error($"The directive %{name} is unknown.", token.Line, token.Column, DirectiveRemedy);
        }
        SkipBlanks();
        if (Bytes[At] == '#')
        {
            MoveTo(FindLineEnd(At));
        }
        if (!IsBreak(At) && !IsEnd(At))
        {
            throw Error($"Text follows the %{name} directive on its line.", token.Line, token.Column, DirectiveRemedy);
        }
        token.EndLine = Line;
        token.EndColumn = Column;
        if (IsBreak(At))
        {
            NextLine();
        }
        _queue.Add(token);
    }

    private int ReadVersionNumber(in Token token)
    {
        int value = 0;
        int length = 0;
        while (char.IsAsciiDigit((char)Bytes[At]))
        {
            value = value * 10 + (Bytes[At++] - '0');
            length++;
        }
        return length is > 0 and <= LongestVersionNumber ? value : throw Error("The %YAML directive has no valid version.", token.Line, token.Column, DirectiveRemedy);
    }

    private void SkipBlanks()
    {
        while (IsBlank(At))
        {
            At++;
        }
    }

    private string ReadWord()
    {
        int start = At;
        while (IsWord(At))
        {
            At++;
        }
        return Encoding.ASCII.GetString(Bytes, start, At - start);
    }

    private void ScanAnchor(TokenKind kind)
    {
        Token token = Here();
        token.Kind = kind;
        At++;
        token.Text = ReadWord();
        if (token.Text.Length == 0 || !(IsBlankOrEnd(At) || "?:,]}%@`".Contains((char)Bytes[At])))
        {
            string sign = kind == TokenKind.Alias ? "*" : "&";
            throw Error(
                $"The name of an {(kind == TokenKind.Alias ? "alias" : "anchor")} is missing or has other characters than letters, digits, `-` and `_`.",
                token.Line,
                token.Column,
                $"Put the value in quotes if it is text that begins with `{sign}`.");
        }
        token.EndColumn = Column;
        _afterBreak = false;
        _queue.Add(token);
    }

    private void ScanTag()
    {
        Token token = Here();
        token.Kind = TokenKind.Tag;
        if (Bytes[At + 1] == '<')
        {
            At += 2;
            token.Text = "";
            token.Extra = ReadTagUri("", token);
            if (Bytes[At] != '>')
            {
                throw Error("The tag that begins with `!<` has no `>`.", token.Line, token.Column, TagRemedy);
            }
            At++;
        }
        else
        {
            string handle = ReadTagHandle(directive: false, token);
            if (handle.Length > 1 && handle[^1] == '!')
            {
                token.Text = handle;
                token.Extra = ReadTagUri("", token);
            }
            else
            {
                token.Text = "!";
                token.Extra = ReadTagUri(handle, token);
                if (token.Extra.Length == 0)
                {
                    // The tag `!` alone: the scalar is what it would be without it.
                    (token.Text, token.Extra) = ("", "!");
                }
            }
        }
        if (!IsBlankOrEnd(At))
        {
            throw Error("A tag must be followed by a space.", token.Line, token.Column, TagRemedy);
        }
        token.EndColumn = Column;
        _afterBreak = false;
        _queue.Add(token);
    }

    private string ReadTagHandle(bool directive, in Token token)
    {
        if (Bytes[At] != '!')
        {
            throw Error("A tag handle does not begin with `!`.", token.Line, token.Column, TagRemedy);
        }
        At++;
        string handle = "!" + ReadWord();
        if (Bytes[At] == '!')
        {
            At++;
            return handle + "!";
        }
        return directive && handle != "!" ? throw Error("A tag handle does not end with `!`.", token.Line, token.Column, TagRemedy) : handle;
    }

    /// <summary>Reads the rest of a tag.</summary>
    /// <param name="head">What was read of it already, with the exclamation mark before it.</param>
    /// <param name="token">The tag, for the message.</param>
    private string ReadTagUri(string head, in Token token)
    {
        _text.Clear();
        if (head.Length > 1)
        {
            _text.AddRange(Encoding.ASCII.GetBytes(head[1..]));
        }
        bool any = head.Length > 0;
        while (IsWord(At) || ";/?:@&=+$,.!~*'()[]%".Contains((char)Bytes[At]))
        {
            if (Bytes[At] == 0)
            {
                break;
            }
            any = true;
            if (Bytes[At] != '%')
            {
                _text.Add(Bytes[At++]);
                continue;
            }
            if (!char.IsAsciiHexDigit((char)Bytes[At + 1]) || !char.IsAsciiHexDigit((char)Bytes[At + 2]))
            {
                throw Error("A `%` in a tag is not followed by two hexadecimal digits.", token.Line, token.Column, TagRemedy);
            }
            _text.Add(Convert.FromHexString(Encoding.ASCII.GetString(Bytes, At + 1, 2))[0]);
            At += 3;
        }
        return any ? Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_text)) : throw Error("A tag is empty.", token.Line, token.Column, TagRemedy);
    }
}
