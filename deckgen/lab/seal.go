package lab

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// A record ends with a seal: the digest of all that stands above it. A number that somebody changes by hand, or that a
// merge mixes from two runs, breaks it.

var (
	sealKey = []byte(",\n  \"seal\": \"")
	sealEnd = []byte("\"\n}\n")
)

const sealLength = 16

// sealed puts a seal under a record as layOut wrote it.
func sealed(record []byte) []byte {
	content := bytes.TrimSuffix(record, []byte("\n}\n"))
	return slices.Concat(content, seal(content))
}

// seal is what ends a record with this content.
func seal(content []byte) []byte { return slices.Concat(sealKey, sealOf(content), sealEnd) }

func sealOf(content []byte) []byte {
	sum := sha256.Sum256(content)
	return []byte(hex.EncodeToString(sum[:])[:sealLength])
}

// Edited reports whether a record is no longer as it was sealed. The way in which it is laid out does not count: a
// checkout may have changed its line ends. A record without a seal may be from before there were any.
func Edited(raw []byte) bool {
	at := bytes.LastIndex(raw, []byte(`"seal"`))
	if at < 0 {
		return false
	}
	tail := len(sealKey) + sealLength + len(sealEnd)
	if n := len(raw) - tail; n > 0 && bytes.Equal(raw[n:], seal(raw[:n])) {
		return false
	}
	r, err := Decode(raw)
	if err != nil {
		return true
	}
	again, err := Encode(r)
	return err != nil || sealIn(raw[at:]) != sealIn(again[bytes.LastIndex(again, []byte(`"seal"`)):])
}

// sealIn is what stands between the quotes after the key of a seal.
func sealIn(raw []byte) string {
	if parts := bytes.SplitN(raw, []byte(`"`), 5); len(parts) == 5 { // "seal": "…"
		return string(parts[3])
	}
	return ""
}
