// An S3 server, s3rver, with a hand at its door that can do to requests what networks do.
//
//   node s3_server.js S3RVER DATA PORT [CERTIFICATE KEY]    prints its port, serves until stdin closes
//
// A line on stdin is an order, answered by a line on stdout:
//
//   fail STATUS TIMES [RETRY_AFTER]  refuse the next requests
//   early STATUS TIMES               refuse them before their body has come
//   drop TIMES                       hang up on them
//   hang TIMES                       never answer them
//   slow TIMES MILLISECONDS          answer them late
//   cut TIMES BYTES                  end their answers after so many bytes of the body
//   after COUNT                      spare so many requests before the fault that is ordered next
//   clock SECONDS                    be so far ahead of the time
//   requests                         what has come since this was asked last, as JSON

'use strict';

const crypto = require('crypto');
const fs = require('fs');
const http = require('http');
const https = require('https');
const readline = require('readline');

const [, , s3rver, folder, port, certificate, key] = process.argv;
const S3rver = require(s3rver);

const faults = [];
let spared = 0;
let requests = [];

function isDueFault() {
  if (faults.length === 0) return undefined;
  const fault = faults[0];
  if (fault.spared > 0) {
    fault.spared -= 1;
    return undefined;
  }
  fault.times -= 1;
  if (fault.times === 0) faults.shift();
  return fault;
}

function note(request) {
  const noted = { method: request.method, url: request.url, headers: request.headers, bytes: 0 };
  requests.push(noted);
  const hash = crypto.createHash('sha256');
  const push = request.push.bind(request);
  request.push = (chunk, encoding) => {
    if (chunk === null) {
      noted.hash_is_right = hash.digest('hex') === request.headers['x-amz-content-sha256'];
    } else {
      hash.update(chunk);
      noted.bytes += chunk.length;
    }
    return push(chunk, encoding);
  };
}

function cutAfter(response, bytes) {
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  let left = bytes;
  let isCut = false;
  const cutOrWrite = (chunk) => {
    const piece = Buffer.from(chunk);
    if (piece.length <= left) {
      left -= piece.length;
      return write(piece);
    }
    write(piece.subarray(0, left), () => response.destroy());
    left = 0;
    isCut = true;
    return false;
  };
  response.write = cutOrWrite;
  response.end = (chunk) => {
    if (chunk) cutOrWrite(chunk);
    if (!isCut) end();
  };
}

function refuse(request, response, fault) {
  const headers = { 'content-type': 'application/xml', 'x-amz-request-id': 'TESTREQUEST1' };
  if (fault.retryAfter) headers['retry-after'] = fault.retryAfter;
  response.writeHead(fault.status, headers);
  const code = fault.status === 503 ? 'SlowDown' : 'InternalError';
  const body = `<Error><Code>${code}</Code><Message>No &amp; no</Message></Error>`;
  const answer = () => response.end(request.method === 'HEAD' ? undefined : body);
  if (fault.kind === 'early') return answer();
  request.on('end', answer);
  request.resume();
}

function door(serve) {
  return (request, response) => {
    note(request);
    const fault = isDueFault();
    if (fault === undefined) return serve(request, response);
    if (fault.kind === 'fail' || fault.kind === 'early') return refuse(request, response, fault);
    if (fault.kind === 'drop') return request.destroy();
    if (fault.kind === 'hang') return undefined;
    if (fault.kind === 'slow') return setTimeout(() => serve(request, response), fault.ms);
    cutAfter(response, fault.bytes);
    return serve(request, response);
  };
}

const RealDate = Date;
function setClock(seconds) {
  globalThis.Date = class extends RealDate {
    constructor(...words) {
      super(...(words.length === 0 ? [RealDate.now() + seconds * 1000] : words));
    }
  };
}

function obey(line) {
  const [kind, ...words] = line.split(' ');
  const numbers = words.map(Number);
  const times = kind === 'fail' || kind === 'early' ? numbers[1] : numbers[0];
  switch (kind) {
    case 'requests': {
      const told = JSON.stringify(requests);
      requests = [];
      return told;
    }
    case 'after':
      spared = numbers[0];
      break;
    case 'clock':
      setClock(numbers[0]);
      break;
    default:
      faults.push({
        kind, times, spared, status: numbers[0], retryAfter: words[2], ms: numbers[1], bytes: numbers[1],
      });
      spared = 0;
  }
  return 'done';
}

const server = new S3rver({
  directory: folder, silent: true, vhostBuckets: false, configureBuckets: [{ name: 'bucket' }],
});
server.configureBuckets().then(() => {
  const answer = door(server.callback());
  const listener = certificate
    ? https.createServer({ cert: fs.readFileSync(certificate), key: fs.readFileSync(key) }, answer)
    : http.createServer(answer);
  listener.listen(Number(port), '127.0.0.1', () => console.log(listener.address().port));
});
readline.createInterface({ input: process.stdin })
  .on('line', (line) => console.log(obey(line)))
  .on('close', () => process.exit(0));
