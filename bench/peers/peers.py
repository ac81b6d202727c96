"""peers.py CORPUS QUESTIONS: other engines on a question set, as anyone sets them up from their documentation.

CORPUS lines: {"id", "title", "text"}; QUESTIONS lines: {"query", "gold": [ids]}, those without gold passed over. Prints one
line of JSON for each engine: its name, how often a right document comes first and among the first five, and the median
milliseconds of a question.
"""

import json
import logging
import statistics
import sys
import time


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def haystack(corpus):
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents([Document(id=name, content=text) for name, text in corpus])
    retriever = InMemoryBM25Retriever(document_store=store, top_k=5)
    return lambda query: [document.id for document in retriever.run(query=query)["documents"]]


def llama_index(corpus):
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever
    from Stemmer import Stemmer

    nodes = [TextNode(id_=name, text=text) for name, text in corpus]
    retriever = BM25Retriever.from_defaults(
        nodes=nodes, similarity_top_k=5, stemmer=Stemmer("french"), language="french"
    )
    return lambda query: [found.node.node_id for found in retriever.retrieve(query)]


def bm25s(corpus):
    import bm25s
    from Stemmer import Stemmer

    def words(texts):
        return bm25s.tokenize(texts, stopwords="french", stemmer=Stemmer("french"), show_progress=False)

    names = [name for name, _ in corpus]
    engine = bm25s.BM25()
    engine.index(words([text for _, text in corpus]), show_progress=False)
    return lambda query: engine.retrieve(words([query]), corpus=names, k=min(5, len(names)), show_progress=False)[0][0].tolist()


def main():
    logging.disable(logging.WARNING)
    corpus = [(str(row["id"]), f"{row.get('title') or ''}\n{row['text']}") for row in lines(sys.argv[1])]
    questions = [row for row in lines(sys.argv[2]) if row.get("gold")]
    for engine in (haystack, llama_index, bm25s):
        ask = engine(corpus)
        first = among_five = 0
        times = []
        for question in questions:
            begun = time.perf_counter()
            found = ask(question["query"])
            times.append((time.perf_counter() - begun) * 1000)
            gold = {str(name) for name in question["gold"]}
            first += found[:1] != [] and found[0] in gold
            among_five += any(name in gold for name in found[:5])
        total = max(1, len(questions))
        figures = {
            "engine": engine.__name__,
            "R@1": first / total,
            "R@5": among_five / total,
            "median_ms": statistics.median(times) if times else 0.0,
        }
        print(json.dumps(figures), flush=True)


main()
