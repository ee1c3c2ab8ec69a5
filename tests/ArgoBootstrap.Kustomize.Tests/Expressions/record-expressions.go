// Records what Go's regular expressions make of those in expressions.jsonl:
//
//	go run record-expressions.go < expressions.jsonl > recorded && mv recorded expressions.jsonl
//
// A line has an expression (p) and texts (t); recorded are whether each text fits (m), or the reason why Go refuses the
// expression (e).
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
)

type row struct {
	P string   `json:"p"`
	T []string `json:"t"`
	M []bool   `json:"m,omitempty"`
	E string   `json:"e,omitempty"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for in.Scan() {
		var r row
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			panic(err)
		}
		r.M, r.E = nil, ""
		if re, err := regexp.Compile(r.P); err != nil {
			r.E = err.Error()
		} else {
			for _, text := range r.T {
				r.M = append(r.M, re.MatchString(text))
			}
		}
		out.Encode(r)
	}
}
