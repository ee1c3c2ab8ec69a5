// Prints the Unicode tables of Go's regular expressions, as src/ArgoBootstrap.Kustomize/Expressions/unicode-15.0.txt has them:
//
//	go run tools/generate-unicode-tables.go > src/ArgoBootstrap.Kustomize/Expressions/unicode-15.0.txt
//
// A line is a name and its ranges, in hexadecimal: "Lu 41-5a 100-136/2 3b1" (the number after a slash is the step). The line
// "fold" lists the characters that differ in case only: "4b,6b,212a".
//
// kustomize 5.8.1 is released with Go 1.24, whose tables are those of Unicode 15.0, without the categories Cn and LC that
// later versions of Go added. Use a Go version whose unicode.Version is 15.0.0.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"unicode"
)

func main() {
	if unicode.Version != "15.0.0" {
		fmt.Fprintln(os.Stderr, "This Go has the tables of Unicode", unicode.Version)
		os.Exit(1)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprint(out, "fold")
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if f := unicode.SimpleFold(r); f > r && isLeast(r) {
			fmt.Fprintf(out, " %x", r)
			for ; f != r; f = unicode.SimpleFold(f) {
				fmt.Fprintf(out, ",%x", f)
			}
		}
	}
	fmt.Fprintln(out)
	tables := map[string]*unicode.RangeTable{}
	for name, table := range unicode.Categories {
		tables[name] = table
	}
	for name, table := range unicode.Scripts {
		tables[name] = table
	}
	delete(tables, "Cn")
	delete(tables, "LC")
	var names []string
	for name := range tables {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprint(out, name)
		if name == "C" {
			write(out, merged(unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs))
		} else {
			write(out, tables[name])
		}
		fmt.Fprintln(out)
	}
}

func isLeast(r rune) bool {
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		if f < r {
			return false
		}
	}
	return true
}

func write(out *bufio.Writer, table *unicode.RangeTable) {
	for _, r := range table.R16 {
		writeRange(out, uint32(r.Lo), uint32(r.Hi), uint32(r.Stride))
	}
	for _, r := range table.R32 {
		writeRange(out, r.Lo, r.Hi, r.Stride)
	}
}

func writeRange(out *bufio.Writer, lo, hi, stride uint32) {
	fmt.Fprintf(out, " %x", lo)
	if hi > lo {
		fmt.Fprintf(out, "-%x", hi)
	}
	if hi > lo && stride > 1 {
		fmt.Fprintf(out, "/%x", stride)
	}
}

func merged(tables ...*unicode.RangeTable) *unicode.RangeTable {
	result := &unicode.RangeTable{}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.In(r, tables...) {
			continue
		}
		if n := len(result.R32); n > 0 && result.R32[n-1].Hi+1 == uint32(r) {
			result.R32[n-1].Hi++
			continue
		}
		result.R32 = append(result.R32, unicode.Range32{Lo: uint32(r), Hi: uint32(r), Stride: 1})
	}
	return result
}
