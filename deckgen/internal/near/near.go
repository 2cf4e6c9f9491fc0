// Package near finds, for a name that is not known, the one that was probably meant.
package near

import (
	"fmt"
	"strings"
)

// Hint is a hint that names the known name nearest to one that is not known, or a few of them.
func Hint(name string, known []string) string {
	if n := Nearest(name, known); n != "" {
		return fmt.Sprintf("did you mean %s?", n)
	}
	const few = 8
	switch {
	case len(known) == 0:
		return ""
	case len(known) > few:
		return fmt.Sprintf("there are %s and %d more", strings.Join(known[:few], ", "), len(known)-few)
	}
	return "there is " + strings.Join(known, ", ")
}

// Nearest is the known name with the fewest edits to a name, or "" where none is near.
func Nearest(name string, known []string) string {
	length := len([]rune(name))
	best, fewest := "", min(length, max(2, length/3)+1) // fewer edits than that
	for _, k := range known {
		n := Edits(strings.ToLower(name), strings.ToLower(k))
		if n < fewest {
			best, fewest = k, n
		}
	}
	return best
}

// Edits is the Levenshtein distance, in which two letters that changed places are one edit.
func Edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := [3][]int{make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)} // of the letter at hand and the two before
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := range x {
		row, last, lastButOne := rows[(i+1)%3], rows[i%3], rows[(i+2)%3]
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], lastButOne[j-1]+1)
			}
		}
	}
	return rows[len(x)%3][len(y)]
}
