package source

import (
	"crypto/sha256"
	"encoding/hex"
	"go/scanner"
	"go/token"
)

// digest is the SHA-256 of a declaration's tokens. Comments, line breaks and everything else that gofmt or an author's
// taste may move leave it alone.
func (d *decl) digest() string {
	d.summed.Do(func() {
		var tokens []byte
		tokens = append(tokens, d.tok.String()...)
		start, end := d.node.Pos()-d.file.base, d.node.End()-d.file.base
		d.sum = hash(appendTokens(tokens, d.file.src[start:end]))
	})
	return d.sum
}

// appendTokens writes the tokens of src one a line, without what only ends a line: the semicolon that stands for a line
// break before a closing bracket, and the comma that a line break calls for.
func appendTokens(out, src []byte) []byte {
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", fset.Base(), len(src)), src, nil, 0)
	ender := token.ILLEGAL // a comma or semicolon that is written when something follows it
	for {
		_, tok, lit := s.Scan()
		switch tok {
		case token.COMMA, token.SEMICOLON:
			ender = tok
			continue
		case token.EOF, token.RPAREN, token.RBRACE, token.RBRACK:
			ender = token.ILLEGAL
		}
		if tok == token.EOF {
			return out
		}
		if ender != token.ILLEGAL {
			out = append(append(out, '\n'), ender.String()...)
			ender = token.ILLEGAL
		}
		if !tok.IsLiteral() {
			lit = tok.String()
		}
		out = append(append(out, '\n'), lit...)
	}
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
