// What a package may do on AWS, one permission at a time: the usual ones by name, any other by its actions and ARNs.
// Each is one statement of the package's policy, and names one thing: a queue, a path, a table.

import type { AwsConditions } from './aws-principal.js';

/** An API of API Gateway, and what of it may be called. */
export interface AwsApiCall {
  /** Execution ARN of the API: `api.getStringAttribute('execution_arn')`. */
  readonly executionArn: string;
  readonly stage: string;
  /** `GET` */
  readonly method: string;
  /** `/orders`, or `/orders/*` for what lies below. */
  readonly path: string;
}

/** A user of a database that signs in with IAM. */
export interface AwsDatabaseUser {
  readonly region: string;
  readonly account: string;
  /** `db-ABCDEFGHIJKL01234`, or `cluster-…`: the attribute `resource_id` or `cluster_resource_id`. */
  readonly resourceId: string;
  /** Name of the user in the database. */
  readonly user: string;
}

/** Which events may be sent. */
export interface AwsEventKind {
  /** The `source` of the events: `shop.orders`. */
  readonly source: string;
  /**
   * Their `detail-type`s.
   * @default - any of the source
   */
  readonly detailTypes?: readonly string[];
}

/**
 * One permission: these actions on these resources. Written out, `{ actions, resources, conditions }`, it may be any;
 * the usual ones have a name: `AwsEntitlement.receiveMessages(queueArn)`.
 */
export class AwsEntitlement {
  /** Takes messages from one SQS queue. */
  public static receiveMessages(queueArn: string): AwsEntitlement {
    const actions = ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'];
    return new AwsEntitlement(of('sqs', actions), [queueArn]);
  }

  /** Sends messages to one SQS queue. */
  public static sendMessages(queueArn: string): AwsEntitlement {
    return new AwsEntitlement(of('sqs', ['SendMessage', 'GetQueueAttributes', 'GetQueueUrl']), [queueArn]);
  }

  /** Publishes to one SNS topic. */
  public static publish(topicArn: string): AwsEntitlement {
    return new AwsEntitlement(['sns:Publish'], [topicArn]);
  }

  /** Reads the objects of a bucket whose keys begin with the prefix: `invoices/`. */
  public static readObjects(bucketArn: string, prefix: string): AwsEntitlement {
    return new AwsEntitlement(['s3:GetObject'], [`${bucketArn}/${prefix}*`]);
  }

  /** Writes objects of a bucket whose keys begin with the prefix; it can neither read nor delete them. */
  public static writeObjects(bucketArn: string, prefix: string): AwsEntitlement {
    return new AwsEntitlement(['s3:PutObject', 's3:AbortMultipartUpload'], [`${bucketArn}/${prefix}*`]);
  }

  /** Deletes objects of a bucket whose keys begin with the prefix. */
  public static deleteObjects(bucketArn: string, prefix: string): AwsEntitlement {
    return new AwsEntitlement(['s3:DeleteObject'], [`${bucketArn}/${prefix}*`]);
  }

  /** Lists the keys of a bucket that begin with the prefix. */
  public static listObjects(bucketArn: string, prefix: string): AwsEntitlement {
    return new AwsEntitlement(['s3:ListBucket'], [bucketArn], { StringLike: { 's3:prefix': `${prefix}*` } });
  }

  /** Reads items of one DynamoDB table, and of the indexes that are named. */
  public static readItems(tableArn: string, ...indexes: readonly string[]): AwsEntitlement {
    const actions = ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'];
    return new AwsEntitlement(of('dynamodb', actions), [
      tableArn,
      ...indexes.map((name) => `${tableArn}/index/${name}`),
    ]);
  }

  /** Writes items of one DynamoDB table. */
  public static writeItems(tableArn: string): AwsEntitlement {
    const actions = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];
    return new AwsEntitlement(of('dynamodb', actions), [tableArn]);
  }

  /** Follows the changes of one DynamoDB table: the attribute `stream_arn`. */
  public static readTableStream(streamArn: string): AwsEntitlement {
    return new AwsEntitlement(of('dynamodb', ['DescribeStream', 'GetRecords', 'GetShardIterator']), [
      streamArn,
    ]);
  }

  /** Reads one secret of Secrets Manager. */
  public static readSecret(secretArn: string): AwsEntitlement {
    return new AwsEntitlement(of('secretsmanager', ['GetSecretValue', 'DescribeSecret']), [secretArn]);
  }

  /** Reads the secrets below one path: `arn:aws:secretsmanager:eu-west-1:123456789012:secret:payments/worker`. */
  public static readSecretsUnder(pathArn: string): AwsEntitlement {
    return AwsEntitlement.readSecret(`${pathArn}/*`);
  }

  /** Reads one parameter of the SSM Parameter Store. */
  public static readParameter(parameterArn: string): AwsEntitlement {
    return new AwsEntitlement(of('ssm', ['GetParameter', 'GetParameters']), [parameterArn]);
  }

  /** Reads the parameters below one path: `arn:aws:ssm:eu-west-1:123456789012:parameter/payments/worker`. */
  public static readParametersUnder(pathArn: string): AwsEntitlement {
    const actions = ['GetParameter', 'GetParameters', 'GetParametersByPath'];
    return new AwsEntitlement(of('ssm', actions), [pathArn, `${pathArn}/*`]);
  }

  /**
   * Decrypts with one KMS key.
   * @param service only through this service: `sqs.eu-west-1.amazonaws.com`
   */
  public static decrypt(keyArn: string, service?: string): AwsEntitlement {
    return new AwsEntitlement(['kms:Decrypt'], [keyArn], through(service));
  }

  /**
   * Encrypts with one KMS key, and decrypts what it wrote: what a sender to an encrypted queue or topic needs.
   * @param service only through this service: `sqs.eu-west-1.amazonaws.com`
   */
  public static encrypt(keyArn: string, service?: string): AwsEntitlement {
    return new AwsEntitlement(
      of('kms', ['Encrypt', 'GenerateDataKey', 'Decrypt']),
      [keyArn],
      through(service),
    );
  }

  /** Signs with one KMS key. */
  public static sign(keyArn: string): AwsEntitlement {
    return new AwsEntitlement(of('kms', ['Sign', 'GetPublicKey']), [keyArn]);
  }

  /** Calls one method of one API behind API Gateway. */
  public static callApi({ executionArn, stage, method, path }: AwsApiCall): AwsEntitlement {
    const resource = `${executionArn}/${stage}/${method}/${path.replace(/^\//, '')}`;
    return new AwsEntitlement(['execute-api:Invoke'], [resource]);
  }

  /** Invokes one Lambda function, or one alias or version of it. */
  public static invokeFunction(functionArn: string): AwsEntitlement {
    return new AwsEntitlement(['lambda:InvokeFunction'], [functionArn]);
  }

  /** Starts executions of one Step Functions state machine. */
  public static startExecution(stateMachineArn: string): AwsEntitlement {
    return new AwsEntitlement(['states:StartExecution'], [stateMachineArn]);
  }

  /** Reads records of one Kinesis stream. */
  public static readRecords(streamArn: string): AwsEntitlement {
    const actions = ['DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards'];
    return new AwsEntitlement(of('kinesis', actions), [streamArn]);
  }

  /** Writes records to one Kinesis stream. */
  public static putRecords(streamArn: string): AwsEntitlement {
    return new AwsEntitlement(of('kinesis', ['PutRecord', 'PutRecords', 'ListShards']), [streamArn]);
  }

  /** Sends events of one kind to one event bus. */
  public static putEvents(busArn: string, { source, detailTypes }: AwsEventKind): AwsEntitlement {
    const keys = { 'events:source': source, ...(detailTypes && { 'events:detail-type': detailTypes }) };
    return new AwsEntitlement(['events:PutEvents'], [busArn], { StringEquals: keys });
  }

  /** Signs in to a database of RDS or Aurora as one of its users. */
  public static connectToDatabase({ region, account, resourceId, user }: AwsDatabaseUser): AwsEntitlement {
    return new AwsEntitlement(
      ['rds-db:connect'],
      [`arn:aws:rds-db:${region}:${account}:dbuser:${resourceId}/${user}`],
    );
  }

  /** Signs in to the account's ECR registry, which pulling and pushing start with; it gives no image by itself. */
  public static signInToRegistry(): AwsEntitlement {
    return new AwsEntitlement(['ecr:GetAuthorizationToken'], ['*']);
  }

  /** Pulls images of one ECR repository. */
  public static pullImages(repositoryArn: string): AwsEntitlement {
    const actions = ['BatchCheckLayerAvailability', 'BatchGetImage', 'GetDownloadUrlForLayer'];
    return new AwsEntitlement(of('ecr', actions), [repositoryArn]);
  }

  /** Pushes images to one ECR repository. */
  public static pushImages(repositoryArn: string): AwsEntitlement {
    const actions = [
      'BatchCheckLayerAvailability',
      'CompleteLayerUpload',
      'InitiateLayerUpload',
      'PutImage',
      'UploadLayerPart',
    ];
    return new AwsEntitlement(of('ecr', actions), [repositoryArn]);
  }

  /** Asks one Bedrock model: `arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-sonnet-4-v1:0`. */
  public static invokeModel(modelArn: string): AwsEntitlement {
    return new AwsEntitlement(of('bedrock', ['InvokeModel', 'InvokeModelWithResponseStream']), [modelArn]);
  }

  /** Writes to one log group of CloudWatch. */
  public static writeLogs(logGroupArn: string): AwsEntitlement {
    return new AwsEntitlement(of('logs', ['CreateLogStream', 'PutLogEvents']), [
      `${logGroupArn}:log-stream:*`,
    ]);
  }

  /** Deploys one ECS service; what its tasks run as has to be passed besides. */
  public static deployService(serviceArn: string): AwsEntitlement {
    return new AwsEntitlement(of('ecs', ['DescribeServices', 'UpdateService']), [serviceArn]);
  }

  /** Hands one role to one service, which then acts as it: `ecs-tasks.amazonaws.com`. */
  public static passRole(roleArn: string, service: string): AwsEntitlement {
    return new AwsEntitlement(['iam:PassRole'], [roleArn], {
      StringEquals: { 'iam:PassedToService': service },
    });
  }

  /** Becomes one other role. */
  public static assumeRole(roleArn: string): AwsEntitlement {
    return new AwsEntitlement(['sts:AssumeRole'], [roleArn]);
  }

  /** IAM actions: `sqs:ReceiveMessage`. */
  public readonly actions: readonly string[];
  /** ARNs, written out or read from other resources: `queue.getStringAttribute('arn')`. */
  public readonly resources: readonly string[];
  /**
   * What else must hold, as IAM writes it: `{ StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } }`.
   * @default - nothing but the package's end
   */
  public readonly conditions?: AwsConditions;

  private constructor(actions: readonly string[], resources: readonly string[], conditions?: AwsConditions) {
    this.actions = actions;
    this.resources = resources;
    if (conditions !== undefined) this.conditions = conditions;
  }
}

function of(service: string, actions: readonly string[]): string[] {
  return actions.map((action) => `${service}:${action}`);
}

function through(service: string | undefined): AwsConditions | undefined {
  return service === undefined ? undefined : { StringEquals: { 'kms:ViaService': service } };
}
